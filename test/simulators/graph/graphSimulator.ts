import { EventEmitter } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PATIENCE } from '../../support/patience';
import { advisorPage } from './advisorPage';
import { advisorPhone } from './advisorPhone';
import { FaultBoard } from './faults';
import { answer, operationOf } from './graphEndpoints';
import { GraphError } from './graphErrors';
import { Identifiers } from './identifiers';
import { LedgerBook } from './ledger';
import { MediaShelf } from './media';
import { Directory, type Chat, type Said, type Surroundings } from './people';
import { phonePage } from './phonePage/phonePage';
import { pairRate, throughput } from './rateLimits';
import { readRequest } from './requestReader';
import { remoteControl } from './remoteControl';
import { answerDialog, signupDialog } from './signupDialog';
import { StatusDesk } from './statusDesk';
import { TemplateCatalogue } from './templateCatalogue';
import type {
	CustomerOptions,
	DeliveryReport,
	FaultRule,
	GraphSimulator,
	GraphSimulatorOptions,
	IdentityScenarios,
	Json,
	RawAnswer,
	RawDelivery,
	RecordedRequest,
	ReleaseOptions,
	SimulatedNumber,
} from './types';
import { vendorEvents } from './vendorEvents';
import { sign, WebhookCourier, writeAsMeta } from './webhookCourier';
import {
	destinationOf,
	envelope,
	metadataOf,
	type AccountState,
	type AppState,
	type GraphAnswer,
	type GraphRequest,
	type NumberState,
	type World,
} from './world';

interface Held {
	readonly said: Said;
	readonly resolve: (report: DeliveryReport) => void;
}

/** One change per run of messages of the same person; the people of a change are its contacts. */
function changesOf(messages: readonly Said[]): Json[] {
	const runs: Said[][] = [];
	for (const said of messages) {
		const last = runs.at(-1);
		if (last && last[0].chat === said.chat && last[0].message.type !== 'system' && said.message.type !== 'system')
			last.push(said);
		else runs.push([said]);
	}
	return runs.map((run) => {
		const [{ chat, message }] = run;
		const value: Json = { messaging_product: 'whatsapp', metadata: metadataOf(chat.number) };
		// System messages come without contacts: MD/webhooks/reference/messages/system.
		if (message.type !== 'system') value.contacts = [chat.contact()];
		value.messages = run.map((said) => said.message);
		return { value, field: 'messages' };
	});
}

function places(count: number, order: ReleaseOptions['order']): number[] {
	const written = Array.from({ length: count }, (_value, index) => index);
	if (order === 'reversed') return written.reverse();
	if (order === undefined || order === 'as_written') return written;
	return [...order];
}

/** Starts a local Graph API. */
export async function startGraphSimulator(options: GraphSimulatorOptions): Promise<GraphSimulator> {
	const now = options.now ?? Date.now;
	const identifiers = new Identifiers(options.seed);
	const ledger = new LedgerBook(options.record !== 'sends');
	const faults = new FaultBoard();
	const live = new EventEmitter();
	live.setMaxListeners(0);
	const courier = new WebhookCourier(
		{
			appSecret: options.appSecret,
			delaysMs: options.redeliver?.delaysMs ?? [50, 250, 1_000, 3_000, 10_000],
			timeoutMs: options.redeliver?.timeoutMs ?? 10_000,
			concurrency: options.concurrentDeliveries ?? 64,
			now,
		},
		ledger,
		faults,
	);
	const app: AppState = { id: options.appId, callback: options.callbackUrl };
	const accounts = new Map<string, AccountState>();
	const numbers = new Map<string, NumberState>();
	for (const number of options.numbers) {
		const state: NumberState = {
			number,
			throughput: throughput(number.throughput ?? 80),
			profile: { about: number.verifiedName },
			qrCodes: new Map(),
			synced: new Set(),
			registered: true,
			leftApp: false,
			sharesHistory: true,
			addressBook: [],
			past: [],
		};
		numbers.set(number.phoneNumberId, state);
		const account = accounts.get(number.wabaId);
		if (account) account.numbers.push(state);
		else
			accounts.set(number.wabaId, {
				wabaId: number.wabaId,
				numbers: [state],
				subscribed: options.callbackUrl !== undefined && number.ofAdvisor !== true,
				foreign: number.ofAdvisor === true,
			});
	}
	if (numbers.size === 0) throw new Error('The simulator needs at least one number.');
	const media = new MediaShelf(identifiers, now);
	const templates = new TemplateCatalogue(identifiers, now);
	const messages: World['messages'] = new Map();

	const postChange = (state: NumberState, field: string, value: Json): Promise<DeliveryReport> => {
		const account = accounts.get(state.number.wabaId);
		if (!account) throw new Error(`The simulator has no account ${state.number.wabaId}.`);
		return courier.deliver({
			destination: () => destinationOf(world, account, state, field),
			payload: envelope(account.wabaId, [{ value, field }]),
		});
	};
	const stateOf = (number: Pick<SimulatedNumber, 'phoneNumberId'>): NumberState => {
		const state = numbers.get(number.phoneNumberId);
		if (!state) throw new Error(`The simulator has no number ${number.phoneNumberId}.`);
		return state;
	};
	const postMessages = (said: readonly Said[]): Promise<DeliveryReport> => {
		const [first] = said;
		const state = stateOf(first.chat.number);
		const account = accounts.get(state.number.wabaId);
		if (!account) throw new Error(`The simulator has no account ${state.number.wabaId}.`);
		return courier.deliver({
			destination: () => destinationOf(world, account, state, 'messages'),
			payload: envelope(account.wabaId, changesOf(said)),
		});
	};

	let held: Held[] | undefined;
	const statuses = new StatusDesk(options.statuses ?? {}, now, live, (chat, entries, contacts) => {
		const value: Json = { messaging_product: 'whatsapp', metadata: metadataOf(chat.number) };
		if (contacts.length > 0) value.contacts = contacts;
		value.statuses = entries;
		return postChange(stateOf(chat.number), 'messages', value);
	});
	const around: Surroundings = {
		identifiers,
		media,
		live,
		now,
		baseUrl: () => world.baseUrl,
		mediaUrlInWebhooks: options.mediaUrlInWebhooks === true,
		say(said) {
			stateOf(said.chat.number).throughput.count(said.chat.phoneNumberId, now());
			const waiting = held;
			if (waiting) return new Promise((resolve) => waiting.push({ said, resolve }));
			return postMessages([said]);
		},
		change: (number, field, value) => postChange(stateOf(number), field, { metadata: metadataOf(number), ...value }),
		readStatus(_chat, bubble) {
			const subject = statuses.subject(bubble.wamid);
			if (subject) void statuses.report(subject, 'read');
		},
		remember: (wamid, chat, bubble) => void messages.set(wamid, { chat, bubble }),
		find: (wamid) => messages.get(wamid),
		renamed: (person, before) => people.rename(person, before),
	};
	const people = new Directory(around);
	const world: World = {
		options,
		now,
		baseUrl: '',
		accessToken: options.accessToken,
		signupCodes: new Map(),
		grants: new Map(),
		identifiers,
		app,
		accounts,
		numbers,
		templates,
		media,
		people,
		messages,
		ledger,
		faults,
		courier,
		statuses,
		pairs: options.pairRate === false ? undefined : pairRate(),
		live,
	};
	const addTemplate: GraphSimulator['addTemplate'] = (template) => {
		for (const wabaId of accounts.keys()) {
			if (template.wabaId === undefined || template.wabaId === wabaId) templates.seed(wabaId, template);
		}
	};
	addTemplate({
		name: 'hello_world',
		language: 'en_US',
		category: 'UTILITY',
		components: [
			{ type: 'HEADER', format: 'TEXT', text: 'Hello World' },
			{
				type: 'BODY',
				text: 'Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification.',
			},
			{ type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
		],
	});
	for (const template of options.templates ?? []) addTemplate(template);

	const [firstNumber] = options.numbers;
	const customer = (wanted: CustomerOptions): Chat => {
		const state = numbers.get(wanted.phoneNumberId ?? firstNumber.phoneNumberId);
		if (!state) throw new Error(`The simulator has no number ${String(wanted.phoneNumberId)}.`);
		return people.chat(people.person(wanted, state.number), state.number);
	};

	const showPage = phonePage(world, customer);
	const showDialog = signupDialog(world);
	const showAdvisor = advisorPage(world, () => simulator);

	const server = http.createServer((message, response) => {
		void serve(message, response).catch((error: unknown) => {
			// A bug of the simulator must be seen by whoever runs the test, not swallowed.
			process.stderr.write(`Graph simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
			if (!response.headersSent) response.writeHead(500).end();
			else response.destroy();
		});
	});
	server.keepAliveTimeout = 60_000;

	async function serve(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
		if (showDialog(message, response)) return;
		if (await showAdvisor(message, response)) return;
		if (await showPage(message, response)) return;
		if (await controlRemotely(message, response)) return;
		const trace = identifiers.trace();
		let request: GraphRequest;
		try {
			request = await readRequest(message);
		} catch (error) {
			if (!(error instanceof GraphError)) throw error;
			writeJson(response, error.status, error.body(trace), trace);
			return;
		}
		const operation = operationOf(world, request);
		const record = ledger.request({
			at: now(),
			method: request.method,
			path: (message.url ?? '').replace(/([?&]access_token=)[^&]*/, '$1***'),
			operation,
			body: request.parameters,
			status: 0,
		});
		const fault = faults.take(operation);
		if (fault && fault.kind !== 'slow') {
			await strike(fault, request, message, response, record, trace);
			return;
		}
		if (fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 1_000));
		const outcome = await outcomeOf(request, trace, record);
		if (outcome.beforehand) await outcome.beforehand();
		write(response, outcome, trace);
		outcome.afterwards?.();
	}

	async function outcomeOf(request: GraphRequest, trace: string, record: RecordedRequest): Promise<GraphAnswer> {
		try {
			const outcome = await answer(world, request);
			record.status = outcome.status ?? 200;
			return outcome;
		} catch (error) {
			if (!(error instanceof GraphError)) throw error;
			record.status = error.status;
			record.errorCode = error.code;
			return { status: error.status, json: error.body(trace) };
		}
	}

	async function strike(
		fault: FaultRule,
		request: GraphRequest,
		message: http.IncomingMessage,
		response: http.ServerResponse,
		record: RecordedRequest,
		trace: string,
	): Promise<void> {
		if (fault.applied) {
			const outcome = await outcomeOf(request, trace, record);
			outcome.afterwards?.();
		}
		if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
		record.status = 0;
		const headers: http.OutgoingHttpHeaders =
			fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
		const refuse = (status: number, error: GraphError): void => {
			record.status = status;
			record.errorCode = error.code;
			writeJson(response, status, error.body(trace), trace, headers);
		};
		switch (fault.kind) {
			case '429':
				return refuse(429, new GraphError(4));
			case '500':
				return refuse(500, new GraphError(1));
			case '503':
				return refuse(503, new GraphError(2));
			case 'hang':
				return;
			case 'reset':
				message.socket.resetAndDestroy();
				return;
			case 'malformed':
				record.status = 200;
				response
					.writeHead(200, { 'Content-Type': 'application/json; charset=UTF-8' })
					.end('{"messaging_product":"whatsapp","mess');
				return;
			case 'slow':
				return;
			default: {
				const error = new GraphError(fault.kind);
				return refuse(error.status, error);
			}
		}
	}

	function write(response: http.ServerResponse, outcome: GraphAnswer, trace: string): void {
		if (outcome.bytes) {
			const { content, mimeType, filename } = outcome.bytes;
			response.writeHead(200, {
				'Content-Type': mimeType,
				'Content-Length': content.byteLength,
				...(filename ? { 'Content-Disposition': `inline;filename="${encodeURIComponent(filename)}"` } : {}),
			});
			response.end(content);
			return;
		}
		writeJson(response, outcome.status ?? 200, outcome.json, trace);
	}

	function writeJson(
		response: http.ServerResponse,
		status: number,
		json: unknown,
		trace: string,
		headers: http.OutgoingHttpHeaders = {},
	): void {
		const body = JSON.stringify(json);
		response.writeHead(status, {
			'Content-Type': 'application/json; charset=UTF-8',
			'Content-Length': Buffer.byteLength(body),
			'x-fb-trace-id': trace,
			...(status === 401
				? { 'WWW-Authenticate': 'OAuth "Facebook Platform" "invalid_token" "Error validating access token"' }
				: {}),
			...headers,
		});
		response.end(body);
	}

	const simulator: GraphSimulator = {
		get baseUrl() {
			return world.baseUrl;
		},
		get port() {
			return (server.address() as AddressInfo).port;
		},
		ledger,
		faults,
		events: vendorEvents(world),
		get customers() {
			return people.all;
		},
		customer,
		identityScenarios(phoneNumberId?: string): IdentityScenarios {
			return {
				noUsername: customer({ waId: '573001110001', profileName: 'Ana Sin Usuario', phoneNumberId }),
				usernameWithoutPhone: customer({
					userId: identifiers.userId('CO'),
					username: 'beto.compras',
					profileName: 'Beto Usuario',
					phoneNumberId,
				}),
				usernameWithPhone: customer({
					waId: '573001110003',
					username: 'carla.it',
					profileName: 'Carla Usuario',
					phoneNumberId,
				}),
				parentUserId: customer({
					waId: '573001110004',
					parentUserId: `US.ENT.${identifiers.numeric(20)}`,
					profileName: 'Diego Portafolio',
					phoneNumberId,
				}),
			};
		},
		async setCallback(url, { verify = false, verifyToken = options.verifyToken ?? '' } = {}) {
			if (url !== undefined && verify && !(await courier.handshake(url, verifyToken, identifiers.numeric(10)))) {
				throw new Error(`The callback ${url} did not answer Meta's handshake with the challenge.`);
			}
			app.callback = url;
			app.fields = undefined;
			for (const account of accounts.values())
				account.subscribed = (url !== undefined && !account.foreign) || account.subscribed;
		},
		callbackOf(phoneNumberId) {
			const state = numbers.get(phoneNumberId);
			const account = state && accounts.get(state.number.wabaId);
			return account && destinationOf(world, account, state, 'messages');
		},
		hold() {
			held ??= [];
		},
		async release({ as = 'separately', order, copies = 1, concurrently = false }: ReleaseOptions = {}) {
			const waiting = held ?? [];
			held = undefined;
			const ordered = places(waiting.length, order).map((index) => waiting[index]);
			if (ordered.length === 0) return [];
			const parcels = as === 'together' ? [ordered] : ordered.map((one) => [one]);
			const everything = Array.from({ length: copies }, () => parcels).flat();
			const deliver = async (parcel: readonly Held[]): Promise<DeliveryReport> => {
				const report = await postMessages(parcel.map(({ said }) => said));
				for (const { resolve } of parcel) resolve(report);
				return report;
			};
			if (concurrently) return Promise.all(everything.map(deliver));
			const reports: DeliveryReport[] = [];
			for (const parcel of everything) reports.push(await deliver(parcel));
			return reports;
		},
		async deliverRaw({
			body,
			signature = 'valid',
			contentType = 'application/json',
			url,
			method = 'POST',
		}: RawDelivery): Promise<RawAnswer> {
			const target = url ?? simulator.callbackOf(firstNumber.phoneNumberId);
			if (target === undefined) throw new Error('No callback is set: give a url or call setCallback first.');
			const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : writeAsMeta(body);
			const headers: http.OutgoingHttpHeaders = {};
			if (signature === 'valid') headers['X-Hub-Signature-256'] = sign(bytes, options.appSecret);
			else if (signature === 'invalid')
				headers['X-Hub-Signature-256'] = sign(bytes, `${options.appSecret} of somebody else`);
			else if (signature !== 'missing') headers['X-Hub-Signature-256'] = signature.header;
			return courier.raw(target, method, bytes, headers, contentType);
		},
		async settled(timeoutMs = PATIENCE) {
			const deadline = performance.now() + timeoutMs;
			let quiet = 0;
			while (quiet < 3) {
				quiet = courier.pending === 0 && statuses.waiting === 0 ? quiet + 1 : 0;
				if (performance.now() > deadline) {
					throw new Error(
						`${courier.pending} webhooks are still undelivered and ${statuses.waiting} statuses waiting after ${timeoutMs} ms.`,
					);
				}
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
		},
		addTemplate,
		revokeToken() {
			world.accessToken = undefined;
		},
		issueSignupCode() {
			const code = identifiers.token(40);
			world.signupCodes.set(code, { issuedAt: now() });
			return code;
		},
		finishSignup: (url, outcome) => answerDialog(world, new URL(url), outcome),
		advisorPhone: (phoneNumberId) => advisorPhone(world, stateOf({ phoneNumberId })),
		async close() {
			statuses.close();
			courier.close();
			live.emit('close');
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};

	const controlRemotely = remoteControl(world, simulator);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	world.baseUrl = `http://${options.host ?? '127.0.0.1'}:${simulator.port}`;
	return simulator;
}
