import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { readWhatsAppCredential, type WhatsAppCredential } from '../../nodes/shared/clients/whatsapp/credential';
import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { getLinkedNumber, type LinkedNumberRow } from '../../nodes/shared/store/repositories/linkedNumbers';
import { saveReceiver } from '../../nodes/shared/store/repositories/receivers';
import type { Store } from '../../nodes/shared/store/store';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import {
	completeSignup,
	type SignupOutcome,
	type SignupReturn,
} from '../../nodes/shared/usecases/signup/completeSignup';
import { startSignup, type StartedSignup } from '../../nodes/shared/usecases/signup/startSignup';
import { parseMetaWebhook, verifyMetaSignature } from '../../nodes/shared/webhooks/meta';
import { startGraphSimulator, type GraphSimulator, type SignupOutcome as InDialog } from '../simulators/graph';

export const COMPANY = { wabaId: '102290129340398', phoneNumberId: '106540352242922' };

/** An advisor's number at Meta. */
export interface AdvisorNumber {
	readonly wabaId: string;
	readonly phoneNumberId: string;
	readonly phone: string;
}

let opened = 0;

/** No two desks of one database have the same number: a number belongs to one workspace. */
function advisorNumber(): AdvisorNumber {
	opened += 1;
	const suffix = String(opened).padStart(4, '0');
	return { wabaId: `77700000000${suffix}`, phoneNumberId: `88800000000${suffix}`, phone: `+57 311 555 ${suffix}` };
}

export const RECEIVER = 'd1f2c3b4-0000-4000-8000-000000000001';
export const INBOX = 'd1f2c3b4-0000-4000-8000-0000000000ff';
const APP = { appId: '670412345678901', appSecret: 'app-secret-of-the-linking', verifyToken: 'verify-of-the-linking' };
const CONFIGURATION = '1122334455667788';

export interface LinkingDeskOptions {
	readonly now: () => number;
	readonly live?: boolean;
	readonly redirectUris?: readonly string[];
	/** False: no workflow with the trigger was ever active. */
	readonly receiving?: boolean;
	/** The two numbers of advisors are in one account. */
	readonly oneAccount?: boolean;
	/** The advisor's number of another desk. */
	readonly own?: AdvisorNumber;
}

/** A store with an advisor, Meta with their number, and the trigger that receives for the company. */
export interface LinkingDesk {
	readonly simulator: GraphSimulator;
	readonly credential: WhatsAppCredential;
	readonly advisorId: string;
	/** What comes before a webhook id in this n8n's addresses. */
	readonly base: string;
	/** The advisor's own number, and another one that is somebody's. */
	readonly own: AdvisorNumber;
	readonly second: AdvisorNumber;
	/** Whether the receiver answers; false: as if n8n were down. */
	answering: boolean;
	start(changes?: Partial<Parameters<typeof startSignup>[2]>): Promise<StartedSignup>;
	/** What Meta's redirect brings after the dialog. */
	dialog(started: StartedSignup, outcome?: InDialog): SignupReturn;
	complete(returned: SignupReturn): Promise<SignupOutcome>;
	/** Start, dialog and redirect in one. */
	link(changes?: Partial<Parameters<typeof startSignup>[2]>, outcome?: InDialog): Promise<LinkedNumberRow>;
	row(linkedNumberId: string): Promise<LinkedNumberRow>;
	close(): Promise<void>;
}

/** The fields of the address that Meta sends the browser to. */
export function returnOf(address: string, cookie?: string): SignupReturn {
	const query = new URL(address).searchParams;
	const value = (name: string): string | undefined => query.get(name) ?? undefined;
	return {
		state: value('state'),
		code: value('code'),
		error: value('error'),
		errorCode: value('error_code'),
		errorReason: value('error_reason'),
		errorDescription: value('error_description'),
		cookie,
	};
}

function receiver(store: Store, desk: { answering: boolean }): Server {
	return createServer((request, response) => {
		if (!desk.answering) {
			response.writeHead(503).end();
			return;
		}
		const address = new URL(request.url ?? '/', 'http://127.0.0.1');
		if (address.pathname !== `/webhook/${RECEIVER}/whatsapp`) {
			response.writeHead(404).end();
			return;
		}
		if (request.method === 'GET') {
			const known = address.searchParams.get('hub.verify_token') === APP.verifyToken;
			response.writeHead(known ? 200 : 403).end(address.searchParams.get('hub.challenge'));
			return;
		}
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks);
			if (!verifyMetaSignature(body, request.headers['x-hub-signature-256'], APP.appSecret)) {
				response.writeHead(401).end();
				return;
			}
			receiveEvents(store, {
				webhookId: RECEIVER,
				vendor: 'whatsapp',
				events: parseMetaWebhook(JSON.parse(body.toString('utf8'))),
				emit: { messages: true, statuses: true, echoes: true, account: true },
				// The trigger is set to the company's number only: linked numbers are heard all the same.
				phoneNumberIds: [COMPANY.phoneNumberId],
			}).then(
				() => response.writeHead(200).end(),
				(error: unknown) => response.writeHead(503).end(String(error)),
			);
		});
	});
}

export async function openLinkingDesk(store: Store, options: LinkingDeskOptions): Promise<LinkingDesk> {
	const own = options.own ?? advisorNumber();
	const second = advisorNumber();
	const state = { answering: true };
	const server = receiver(store, state);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
	const ofAdvisor = { country: 'CO', onBusinessApp: true, ofAdvisor: true } as const;
	const simulator = await startGraphSimulator({
		...APP,
		accessToken: 'EAAcompanyTokenOfTheLinking',
		now: options.now,
		seed: 11,
		signup: { configurationId: CONFIGURATION, live: options.live, redirectUris: options.redirectUris },
		numbers: [
			{ ...COMPANY, displayPhoneNumber: '+57 300 999 8877', verifiedName: 'PROSUMINISTROS', country: 'CO' },
			{
				...ofAdvisor,
				wabaId: own.wabaId,
				phoneNumberId: own.phoneNumberId,
				displayPhoneNumber: own.phone,
				verifiedName: 'Carolina Ventas',
			},
			{
				...ofAdvisor,
				wabaId: options.oneAccount === true ? own.wabaId : second.wabaId,
				phoneNumberId: second.phoneNumberId,
				displayPhoneNumber: second.phone,
				verifiedName: 'Otro número',
			},
		],
		pairRate: false,
		redeliver: { delaysMs: [10, 20] },
	});
	await simulator.setCallback(`${base}/${RECEIVER}/whatsapp`);
	await saveInboxAddress(store.db, store.workspaceId, { url: `${base}/${INBOX}/inbox`, webhookId: INBOX });
	if (options.receiving !== false) await saveReceiver(store.db, store.workspaceId, RECEIVER);
	const { advisor } = await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'], role: 'advisor' }, 'test');
	await saveAdvisor(store, { name: 'Diana Torres', areas: ['sales'], role: 'administrator' }, 'test');
	const credential = readWhatsAppCredential({
		...APP,
		accessToken: 'EAAcompanyTokenOfTheLinking',
		businessAccountId: COMPANY.wabaId,
		baseUrl: simulator.baseUrl,
		signupConfigurationId: CONFIGURATION,
	});
	const desk: LinkingDesk = {
		simulator,
		credential,
		advisorId: advisor.id,
		base,
		own,
		second,
		get answering() {
			return state.answering;
		},
		set answering(value) {
			state.answering = value;
		},
		start: async (changes = {}) =>
			await startSignup(store, credential, {
				advisorId: advisor.id,
				history: false,
				excludedNumbers: [],
				actor: `advisor:${advisor.id}`,
				for: 'browser',
				...changes,
			}),
		dialog: (started, outcome = { kind: 'finished', phoneNumberId: own.phoneNumberId }) =>
			returnOf(simulator.finishSignup(started.url, outcome), started.cookie?.value),
		complete: async (returned) => await completeSignup(store, credential, returned),
		async link(changes, outcome) {
			const { linkedNumber } = await desk.complete(desk.dialog(await desk.start(changes), outcome));
			if (linkedNumber === undefined) throw new Error('The signup was none of ours');
			return linkedNumber;
		},
		async row(linkedNumberId) {
			const row = await getLinkedNumber(store.db, store.workspaceId, linkedNumberId);
			if (row === undefined) throw new Error(`There is no linked number ${linkedNumberId}`);
			return row;
		},
		async close() {
			await simulator.close();
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
	return desk;
}
