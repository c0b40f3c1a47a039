import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { WhatsAppCloud } from '../../nodes/WhatsAppCloud/WhatsAppCloud.node';
import { AdvisorInboxTrigger } from '../../nodes/AdvisorInboxTrigger/AdvisorInboxTrigger.node';
import { INBOX_OUTPUTS } from '../../nodes/shared/domain/inbox/requests';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { getConversation } from '../../nodes/shared/store/repositories/conversations';
import { pressNode, searchList, startTrigger, type CredentialsOfTheTest } from '../support/engine';
import { INBOX, openLinkingDesk, returnOf, type LinkingDesk } from '../support/linkingDesk';

const NODE = 'n8n-nodes-whatsapp-crm.whatsAppCloud';
const KEY = 'ab'.repeat(32);

let folder: string;
let store: Store;
let desk: LinkingDesk;
let credentials: CredentialsOfTheTest;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'linked-numbers-'));
	const filePath = join(folder, 'store.sqlite');
	store = await openStore({ database: 'sqlite', workspaceId: 'acme', path: filePath, encryptionKey: KEY });
	desk = await openLinkingDesk(store, { now: () => Date.now() });
	credentials = {
		whatsAppCloudApi: { ...desk.credential },
		whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'acme', filePath, encryptionKey: KEY },
	};
});

afterEach(async () => {
	await desk.close();
	await store.close();
	await closeIdleStores();
	rmSync(folder, { recursive: true, force: true });
});

const advisor = () => ({ __rl: true, mode: 'id', value: desk.advisorId });
const linkedNumber = (value: string) => ({ __rl: true, mode: 'id', value });

async function press(
	operation: string,
	parameters: INodeParameters = {},
	more: { mode?: 'manual' | 'trigger'; inputItems?: INodeExecutionData[]; onError?: 'continueRegularOutput' } = {},
): Promise<IDataObject[]> {
	const run = await pressNode({
		node: NODE,
		mode: 'trigger',
		credentials,
		parameters: { resource: 'number', operation, ...parameters },
		...more,
	});
	if (run.error !== undefined) throw run.error;
	return (run.outputs[0] ?? []).map(({ json }) => json);
}

describe('Number: the whole way on the canvas (P4, scenario 6)', () => {
	it('Start Signup makes the invitation, Complete Signup takes the redirect of a page of one’s own, Get and Get Many show it', async () => {
		const [started] = await press('startSignup', { advisor: advisor(), options: { history: true } });
		const returned = returnOf(
			desk.simulator.finishSignup(String(started?.url), { kind: 'finished', phoneNumberId: desk.own.phoneNumberId }),
		);
		const [linked] = await press('completeSignup', {
			source: 'redirect',
			state: returned.state ?? '',
			code: returned.code ?? '',
		});
		expect(linked).toMatchObject({
			linkedNumberId: started?.linkedNumberId,
			state: 'linked',
			phone: desk.own.phone,
			advisor: { name: 'Carolina Rojas' },
			phoneNumberId: desk.own.phoneNumberId,
		});
		await desk.simulator.settled();
		const [shown] = await press('get', { linkedNumber: linkedNumber(String(started?.linkedNumberId)) });
		expect(await press('getAll', { returnAll: true })).toEqual([shown]);
		expect(await press('getAll', { returnAll: true, filters: { advisor: linkedNumber('somebody') } })).toEqual([]);
		const { access_token: token } = await desk.row(String(started?.linkedNumberId));
		expect(JSON.stringify([started, linked, shown])).not.toContain(store.decrypt(token ?? ''));
		expect(JSON.stringify([linked, shown])).not.toMatch(/token|secret/i);
	});

	it('a redirect that is none of ours is told in words and changes nothing', async () => {
		expect(await press('completeSignup', { source: 'redirect', state: 'forged.state', code: 'x' })).toMatchObject([
			{ linkedNumberId: null, state: 'failed', problem: { message: 'Este enlace no es de esta plataforma' } },
		]);
	});

	it('a cancelled dialog is told with what to do', async () => {
		const [started] = await press('startSignup', { advisor: advisor() });
		const returned = returnOf(desk.simulator.finishSignup(String(started?.url), { kind: 'cancelled' }));
		expect(
			await press('completeSignup', { source: 'redirect', state: returned.state ?? '', error: returned.error ?? '' }),
		).toMatchObject([{ state: 'failed', problem: { message: 'Cancelaste la vinculación en la ventana de Meta' } }]);
	});

	it('the Onboarding output of the inbox brings what is due, and Complete Signup goes on with it; news pass through', async () => {
		desk.answering = false;
		const waiting = await desk.link();
		expect(waiting.problem).toBe('receiver_unreachable');
		desk.answering = true;
		await store.db
			.updateTable('linked_numbers')
			.set({ due_at: store.now() - 1 })
			.where('id', '=', waiting.id)
			.execute();
		const trigger = await startTrigger(AdvisorInboxTrigger, { credentials, webhookId: INBOX });
		const brought: INodeExecutionData[] = [];
		const events = () => brought.map(({ json }) => json.event);
		while (!(events().includes('continue') && events().includes('problem'))) {
			const emission = await trigger.next();
			brought.push(...(emission.outputs[6] ?? []));
			expect(emission.outputs[INBOX_OUTPUTS.indexOf('due')] ?? []).toEqual([]);
			emission.finish();
		}
		await trigger.close();
		expect(events().sort()).toEqual(['continue', 'problem']);

		const items = await press('completeSignup', {}, { inputItems: brought });
		expect(items).toHaveLength(brought.length);
		expect(items.find(({ event }) => event === 'problem')).toEqual(
			brought.find(({ json }) => json.event === 'problem')?.json,
		);
		expect(items.find(({ event }) => event === undefined)).toMatchObject({
			linkedNumberId: waiting.id,
			state: 'linked',
		});
	});

	it('Link Manually, Request Sync, Get Status, Unlink: what a client without a Tech Provider needs (D32)', async () => {
		const token = store.decrypt((await desk.link()).access_token ?? '');
		const [linked] = await press('linkManually', {
			advisor: advisor(),
			numberId: desk.own.phoneNumberId,
			accountId: desk.own.wabaId,
			numberToken: token,
		});
		expect(linked).toMatchObject({ state: 'linked', phone: desk.own.phone, history: 'off' });
		const which = { linkedNumber: linkedNumber(String(linked?.linkedNumberId)) };
		expect(await press('requestSync', { ...which, sync: 'history' })).toMatchObject([{ history: 'requested' }]);
		expect(await press('getStatus', which)).toMatchObject([
			{ health: { qualityRating: 'GREEN', isOnBusinessApp: true, messagingLimit: 'TIER_2K', nameStatus: 'APPROVED' } },
		]);
		expect(await press('unlink', which)).toMatchObject([{ state: 'unlinked' }]);
		expect(await press('getStatus', which)).toMatchObject([{ state: 'unlinked', health: null }]);
		await expect(press('requestSync', { ...which, sync: 'history' })).rejects.toMatchObject({
			message: expect.stringContaining("'Linked Number' is not linked"),
		});
	});

	it('Send Queued sends from a linked number with that number’s token, and from the company’s with the company’s', async () => {
		await desk.link();
		for (const phoneNumberId of [desk.own.phoneNumberId, '106540352242922']) {
			await desk.simulator.customer({ waId: '573001234567', profileName: 'Ana', phoneNumberId }).text('hola').delivered;
		}
		const conversations = await store.db.selectFrom('conversations').selectAll().execute();
		for (const { id, channel_id: channelId } of conversations) {
			const conversation = await getConversation(store.db, 'acme', id);
			if (!conversation) throw new Error('There is no conversation');
			await store.transaction(
				async (tx) =>
					await queueMessage(tx, store, conversation, {
						message: { type: 'text', text: `desde ${channelId}` },
						requestId: channelId,
						sequence: 0,
						author: 'advisor',
						owner: store.bootId,
					}),
			);
		}
		const [first] = conversations;
		const crm = {
			workspaceId: 'acme',
			channelId: first?.channel_id,
			contactId: first?.contact_id,
			conversationId: first?.id,
			requestId: 'r',
			outboxIds: [],
		};
		const run = await pressNode({
			node: NODE,
			mode: 'trigger',
			credentials,
			parameters: { resource: 'message', operation: 'sendQueued' },
			inputItems: [{ json: { crm } }],
		});
		expect(run.error).toBeUndefined();
		expect(
			desk.simulator.ledger.sends.map(({ phoneNumberId, bubbleText }) => [phoneNumberId, bubbleText]).sort(),
		).toEqual(
			[
				['106540352242922', 'desde 106540352242922'],
				[desk.own.phoneNumberId, `desde ${desk.own.phoneNumberId}`],
			].sort(),
		);
	});
});

describe('sends that name a number (P4)', () => {
	const from = (phoneNumberId: string): INodeParameters => ({
		resource: 'message',
		operation: 'sendText',
		phoneNumberId: linkedNumber(phoneNumberId),
		to: '+573001234567',
		text: `desde ${phoneNumberId}`,
	});
	const send = async (phoneNumberId: string) =>
		await pressNode({ node: NODE, mode: 'trigger', credentials, parameters: from(phoneNumberId) });

	it('go out with the token of a linked number, and with the company’s from the company’s', async () => {
		await desk.link();
		for (const phoneNumberId of [desk.own.phoneNumberId, '106540352242922']) {
			await desk.simulator.customer({ waId: '573001234567', profileName: 'Ana', phoneNumberId }).text('hola').delivered;
			expect((await send(phoneNumberId)).error).toBeUndefined();
		}
		expect(desk.simulator.ledger.sends.map(({ phoneNumberId, bubbleText }) => [phoneNumberId, bubbleText])).toEqual([
			[desk.own.phoneNumberId, `desde ${desk.own.phoneNumberId}`],
			['106540352242922', 'desde 106540352242922'],
		]);
	});

	it('are refused in words, with nothing sent, once the number is not linked any more', async () => {
		const linked = await desk.link();
		await press('unlink', { linkedNumber: linkedNumber(linked.id) });
		const { error } = await send(desk.own.phoneNumberId);
		expect(error?.message).toContain('is not linked any more');
		expect(desk.simulator.ledger.sends).toEqual([]);
	});
});

describe('by hand nothing is asked of Meta and nothing is written', () => {
	it.each([
		[
			'startSignup',
			{ options: { excludedNumbers: '+57 300 123 4567, mamá' } },
			{ simulated: true, excluded: 1, unreadable: ['mamá'] },
		],
		['completeSignup', { source: 'redirect', state: 's', code: 'secret-code' }, { simulated: true, codeGiven: true }],
		[
			'linkManually',
			{ numberId: '12345', accountId: '67890', numberToken: 'EAAsecretOfNobody0000000' },
			{ simulated: true },
		],
	])('%s', async (operation, parameters, expected) => {
		const items = await press(operation, { advisor: advisor(), ...parameters }, { mode: 'manual' });
		expect(items).toMatchObject([expected]);
		expect(JSON.stringify(items)).not.toMatch(/EAA|secret-code/);
		expect(desk.simulator.ledger.requests).toEqual([]);
		for (const table of ['linked_numbers', 'signups', 'journal'] as const)
			expect(await store.db.selectFrom(table).selectAll().execute()).toEqual([]);
	});

	it.each(['completeSignup', 'getStatus', 'requestSync', 'unlink'])(
		'%s of a number that is linked',
		async (operation) => {
			const linked = await desk.link();
			await desk.simulator.settled();
			const before = await desk.row(linked.id);
			const requests = desk.simulator.ledger.requests.length;
			expect(await press(operation, { linkedNumber: linkedNumber(linked.id) }, { mode: 'manual' })).toMatchObject([
				{ simulated: true },
			]);
			expect(desk.simulator.ledger.requests).toHaveLength(requests);
			expect(await desk.row(linked.id)).toEqual(before);
		},
	);
});

describe('what cannot be is said before anything is done', () => {
	it.each([
		['get', {}, "'Linked Number' is empty and the item brings none"],
		['get', { linkedNumber: linkedNumber('0000') }, "'Linked Number' does not exist: '0000'"],
		['startSignup', { advisor: linkedNumber('nobody') }, "'Advisor' names nobody of the team: 'nobody'"],
	])('%s: %s', async (operation, parameters, message) => {
		await expect(press(operation, parameters)).rejects.toMatchObject({ message });
	});

	it('without a configuration id Start Signup names the other ways (D32)', async () => {
		credentials = { ...credentials, whatsAppCloudApi: { ...credentials.whatsAppCloudApi, signupConfigurationId: '' } };
		await expect(press('startSignup', { advisor: advisor() })).rejects.toMatchObject({
			message: "'Embedded Signup Configuration ID' of the WhatsApp Cloud credential is empty",
			description: expect.stringContaining('Wazzup'),
		});
	});

	it('the list in the editor names advisor, number and state', async () => {
		await desk.link();
		const { results } = await searchList(WhatsAppCloud, 'searchLinkedNumbers', { credentials });
		expect(results.map(({ name }) => name)).toEqual([`Carolina Rojas · ${desk.own.phone} · linked`]);
	});
});
