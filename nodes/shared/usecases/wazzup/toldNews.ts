import type { ChannelEvent } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import { wazzupNews, type WazzupNews } from '../../text/wazzupNews';
import { templateStatusSchema } from '../../webhooks/wazzup';

/** What an item says to the team: the words, and what they are told once for. */
export interface ToldNews {
	readonly text: string;
	readonly requestId: string;
}

/** @param id the same for the same news, however often it arrives */
export const toldNews = (news: WazzupNews, id: string, language: Language): ToldNews => ({
	text: wazzupNews(news, language),
	requestId: `wazzup:${id}`,
});

/** As much of a name that we do not know as a person wants to read. */
const SHOWN = 60;

/**
 * News of a channel or of a template in words, and what nobody knows yet, once each; undefined for every other event.
 * @param id the same for the same news, however often it arrives
 */
export function newsOfChannel(event: ChannelEvent, id: string, language: Language): ToldNews | undefined {
	if (event.kind === 'unknown') {
		const field = event.field?.slice(0, SHOWN);
		return toldNews({ kind: 'unknown', field }, `unknown:${field ?? ''}`, language);
	}
	if (event.kind !== 'account') return undefined;
	if (event.field === 'channelsUpdates') return toldNews({ kind: 'channel', state: event.event }, id, language);
	if (event.field !== 'templateStatus') return undefined;
	const { name } = templateStatusSchema.partial().safeParse(event.raw).data ?? {};
	return toldNews({ kind: 'template', name, status: event.event }, id, language);
}
