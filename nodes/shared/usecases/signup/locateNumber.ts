import type { WhatsAppClient } from '../../clients/whatsapp/client';
import { chooseNumber, type OfferedNumber } from '../../domain/linkedNumbers/chooseNumber';
import { getAdvisor } from '../../store/repositories/advisors';
import { getChannel, touchChannel } from '../../store/repositories/channels';
import {
	holdersOfChannel,
	linkedNumberOfChannel,
	updateLinkedNumber,
	type LinkedNumberRow,
} from '../../store/repositories/linkedNumbers';
import type { StoreTransaction } from '../../store/store';
import { receiverOf } from '../linkedNumbers/receiver';
import { LinkingStop, move, requiredClient, type LinkingContext } from './linkingStep';

const NEEDED_SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** The accounts that the token is good for, after a look at the token itself. */
async function grantedAccounts(
	client: WhatsAppClient,
	row: LinkedNumberRow,
	byHand: boolean,
): Promise<readonly string[]> {
	const facts = await client.inspectToken();
	if (!facts.valid || (facts.appId !== undefined && facts.appId !== client.credential.appId)) {
		throw new LinkingStop(byHand ? 'foreign_token' : 'token_revoked');
	}
	const missing = NEEDED_SCOPES.filter((scope) => !facts.scopes.includes(scope));
	if (missing.length > 0) throw new LinkingStop('missing_permission', missing.join(', '));
	if (byHand && row.waba_id !== null) return [row.waba_id];
	if (facts.businessAccountIds.length === 0) throw new LinkingStop('no_account');
	return facts.businessAccountIds;
}

async function numbersOf(client: WhatsAppClient, wabaId: string): Promise<OfferedNumber[]> {
	const numbers: OfferedNumber[] = [];
	let after: string | undefined;
	do {
		const page = await client.listPhoneNumbers({ businessAccountId: wabaId, after });
		for (const { id } of page.rows) {
			const number = await client.getPhoneNumber(id);
			numbers.push({
				phoneNumberId: id,
				wabaId,
				displayPhoneNumber: number.displayPhoneNumber,
				verifiedName: number.verifiedName,
				onBusinessApp: number.isOnBusinessApp === true,
			});
		}
		after = page.nextCursor;
	} while (after !== undefined);
	return numbers;
}

/** A number of the company, which the bot answers, is nobody's own. */
async function isCompanyNumber(tx: StoreTransaction, context: LinkingContext, channelId: string): Promise<boolean> {
	const { store, credential } = context;
	const channel = await getChannel(tx, store.workspaceId, channelId);
	if (channel !== undefined && channel.waba_id === credential.businessAccountId) return true;
	const known = await linkedNumberOfChannel(tx, store.workspaceId, channelId);
	return channel !== undefined && known === undefined;
}

const PROBLEM_OF = { none: 'no_number', not_on_app: 'not_on_app', several: 'several_numbers' } as const;

/** Which number it is, and that nobody else has it. */
export async function locateNumber(context: LinkingContext, row: LinkedNumberRow): Promise<void> {
	const { store, credential } = context;
	const client = requiredClient(context, row);
	const byHand = row.channel_id !== null;
	const offered: OfferedNumber[] = [];
	for (const wabaId of await grantedAccounts(client, row, byHand)) offered.push(...(await numbersOf(client, wabaId)));
	const advisor = await getAdvisor(store.db, store.workspaceId, row.advisor_id);
	const choice = chooseNumber(offered, {
		phoneNumberId: context.phoneNumberId ?? row.channel_id ?? undefined,
		advisorPhone: advisor?.phone ?? undefined,
	});
	const names = (numbers: readonly OfferedNumber[]): string =>
		numbers.map(({ displayPhoneNumber, phoneNumberId }) => `${displayPhoneNumber} = ${phoneNumberId}`).join(', ');
	if (choice.kind !== 'chosen') throw new LinkingStop(PROBLEM_OF[choice.kind], names(choice.offered) || undefined);
	const { number } = choice;
	if (!number.onBusinessApp && !byHand) throw new LinkingStop('not_on_app', names([number]));
	if (number.wabaId === credential.businessAccountId) throw new LinkingStop('company_number');
	const receiver = await receiverOf(store);
	const [located] = await store.eachLocked([`channel:${number.phoneNumberId}`], async (tx) => {
		if (await isCompanyNumber(tx, context, number.phoneNumberId)) return 'company_number' as const;
		const holders = (await holdersOfChannel(tx, number.phoneNumberId)).filter(({ id }) => id !== row.id);
		const foreign = holders.some(
			({ workspace_id: workspace, advisor_id: advisorId }) =>
				workspace !== store.workspaceId || advisorId !== row.advisor_id,
		);
		if (foreign) return 'already_linked' as const;
		// Linked again by the same person: the new permission replaces the old one, without news of an end.
		for (const { id } of holders) {
			await updateLinkedNumber(tx, store, id, {
				state: 'unlinked',
				access_token: null,
				due_at: null,
				unlinked_at: store.now(),
				problem: null,
			});
		}
		await move(
			context,
			row,
			{
				state: 'located',
				channel_id: number.phoneNumberId,
				waba_id: number.wabaId,
				display_phone_number: number.displayPhoneNumber,
				verified_name: number.verifiedName ?? null,
				// History and contacts are the app's: without it there are none.
				...(number.onBusinessApp ? {} : { history: 'off', contacts: 'too_late' }),
			},
			tx,
		);
		if (receiver !== undefined) {
			await touchChannel(tx, store, {
				channelId: number.phoneNumberId,
				vendor: 'whatsapp',
				wabaId: number.wabaId,
				displayPhoneNumber: number.displayPhoneNumber,
				webhookId: receiver.webhookId,
			});
		}
		return 'located' as const;
	});
	if (located === undefined || 'error' in located) throw located?.error ?? new Error('The number was not written');
	if (located.value !== 'located') throw new LinkingStop(located.value, number.displayPhoneNumber);
}
