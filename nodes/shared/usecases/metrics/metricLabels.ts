import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { listAdvisors } from '../../store/repositories/advisors';
import { listChannels } from '../../store/repositories/channels';
import type { Store } from '../../store/store';

/** Says the name of what something was counted by, as the team knows it. */
export type LabelOf = (dimension: string, key: string) => string;

export async function metricLabels(store: Store, profile: BusinessProfile): Promise<LabelOf> {
	const [team, channels] = await Promise.all([
		listAdvisors(store.db, store.workspaceId),
		listChannels(store.db, store.workspaceId),
	]);
	const names: Readonly<Record<string, ReadonlyMap<string, string>>> = {
		advisor: new Map(team.map(({ id, name }) => [id, name])),
		channel: new Map(channels.map((row) => [row.channel_id, row.display_phone_number ?? row.channel_id])),
		area: new Map(profile.areas.map(({ key, name }) => [key, name])),
		option: new Map(profile.options.map(({ id, label }) => [id, label])),
	};
	return (dimension, key) => names[dimension]?.get(key) ?? key;
}
