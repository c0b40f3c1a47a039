import { handOver } from './advisorPhone';
import { GraphError, parameterError, unknownObject } from './graphErrors';
import type { StoredTemplate } from './templateCatalogue';
import type { Json } from './types';
import type { AccountState, GraphAnswer, GraphRequest, NumberState, World } from './world';

const success: GraphAnswer = { json: { success: true } };
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const object = (value: unknown): Json | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

function fieldsOf(request: GraphRequest): string[] {
	return words(request.parameters.fields)
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== '');
}

function onlyFields(all: Json, fields: readonly string[], usual: readonly string[]): Json {
	const view: Json = {};
	for (const field of fields.length > 0 ? fields : usual) if (all[field] !== undefined) view[field] = all[field];
	if (all.id !== undefined) view.id = all.id;
	return view;
}

/** Cursor paging as Graph does it; `next` is there only when there is more. */
export function page(world: World, request: GraphRequest, all: readonly Json[], usualLimit = 25): GraphAnswer {
	const limit = Math.min(Math.max(Number(request.parameters.limit ?? usualLimit) || usualLimit, 1), 1_000);
	const cursor = words(request.parameters.after);
	const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8'));
	if (!Number.isInteger(start) || start < 0) throw parameterError('Param after is not a valid cursor.');
	const slice = all.slice(start, start + limit);
	const encode = (index: number): string => Buffer.from(String(index)).toString('base64');
	const paging: Json = { cursors: { before: encode(start), after: encode(start + slice.length) } };
	if (start + slice.length < all.length) {
		const next = new URL(
			`${world.baseUrl}/${Number.isFinite(request.version) ? `v${request.version}.0/` : ''}${request.segments.join('/')}`,
		);
		for (const [key, value] of request.query) if (key !== 'after') next.searchParams.set(key, value);
		next.searchParams.set('limit', String(limit));
		next.searchParams.set('after', encode(start + slice.length));
		paging.next = next.href;
	}
	return { json: slice.length === 0 ? { data: [] } : { data: slice, paging } };
}

function viewOfNumber(state: NumberState): Json {
	const { number } = state;
	return {
		id: number.phoneNumberId,
		display_phone_number: number.displayPhoneNumber,
		verified_name: number.verifiedName,
		quality_rating: 'GREEN',
		code_verification_status: 'VERIFIED',
		name_status: 'APPROVED',
		platform_type: 'CLOUD_API',
		status: 'CONNECTED',
		account_mode: 'LIVE',
		is_on_biz_app: number.onBusinessApp === true && !state.leftApp,
		is_official_business_account: false,
		throughput: { level: (number.throughput ?? 80) > 80 ? 'HIGH' : 'STANDARD' },
		whatsapp_business_manager_messaging_limit: 'TIER_2K',
		webhook_configuration: state.override ? { phone_number: state.override } : {},
		country_dial_code: number.displayPhoneNumber.replace(/\D/g, '').slice(0, 2),
	};
}

/** Performs Meta's handshake before an address is taken. */
async function acceptCallback(world: World, url: string, verifyToken: string): Promise<void> {
	if (url.length > 200) throw parameterError('Param override_callback_uri must be at most 200 characters long.');
	let address: URL;
	try {
		address = new URL(url);
	} catch (error) {
		throw parameterError(`Invalid callback URI format (${error instanceof Error ? error.message : 'unreadable'}).`);
	}
	const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname);
	if (address.protocol !== 'https:' && !(loopback && address.protocol === 'http:')) {
		throw parameterError('Param override_callback_uri must be an https URL.');
	}
	if (verifyToken === '') throw parameterError('The parameter verify_token is required.');
	const challenge = world.identifiers.numeric(10);
	if (!(await world.courier.handshake(url, verifyToken, challenge))) {
		throw new GraphError(2200, {
			message:
				'(#2200) Callback verification failed with the following errors: the callback did not answer 200 with the challenge.',
			status: 400,
		});
	}
}

function appReference(world: World): Json {
	return { link: `https://www.facebook.com/games/?app_id=${world.app.id}`, name: 'Simulated app', id: world.app.id };
}

async function subscribedApps(world: World, account: AccountState, request: GraphRequest): Promise<GraphAnswer> {
	switch (request.method) {
		case 'GET': {
			const entry: Json = { whatsapp_business_api_data: appReference(world) };
			if (account.override) entry.override_callback_uri = account.override;
			return { json: { data: account.subscribed ? [entry] : [] } };
		}
		case 'POST': {
			const override = request.parameters.override_callback_uri;
			if (override === undefined) {
				// A plain subscription also takes an override away: MD/webhooks/override.
				account.subscribed = true;
				account.override = undefined;
				return success;
			}
			if (!account.subscribed) {
				throw parameterError(
					'Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
				);
			}
			if (typeof override !== 'string') throw parameterError('Param override_callback_uri must be a string.');
			if (override === '') {
				account.override = undefined;
				return success;
			}
			await acceptCallback(world, override, words(request.parameters.verify_token));
			account.override = override;
			return {
				json: {
					success: true,
					data: [{ override_callback_uri: override, whatsapp_business_api_data: appReference(world) }],
				},
			};
		}
		case 'DELETE':
			account.subscribed = false;
			account.override = undefined;
			return success;
		default:
			throw unknownObject(account.wabaId, request.method);
	}
}

/** Announces a change of a template to the app. */
export function templateStatusValue(template: StoredTemplate, event: string, reason = 'NONE'): Json {
	return {
		event,
		message_template_id: Number(template.id),
		message_template_name: template.name,
		message_template_language: template.language,
		reason: event === 'REJECTED' ? reason : 'NONE',
		message_template_category: template.category,
	};
}

function messageTemplates(world: World, account: AccountState, request: GraphRequest): GraphAnswer {
	const { parameters } = request;
	if (request.method === 'GET') {
		const filters: Readonly<Record<string, (template: StoredTemplate, value: string) => boolean>> = {
			name: (template, value) => template.name === value,
			language: (template, value) => template.language === value,
			status: (template, value) => template.status === value.toUpperCase(),
			category: (template, value) => template.category === value.toUpperCase(),
			name_or_content: (template, value) => JSON.stringify([template.name, template.components]).includes(value),
		};
		const found = world.templates
			.of(account.wabaId)
			.filter((template) =>
				Object.entries(filters).every(
					([key, fits]) => words(parameters[key]) === '' || fits(template, words(parameters[key])),
				),
			);
		const fields = fieldsOf(request);
		return page(
			world,
			request,
			found.map((template) => world.templates.view(template, fields)),
		);
	}
	if (request.method === 'POST') {
		const template = world.templates.create(account.wabaId, parameters);
		return { json: { id: template.id, status: template.status, category: template.category } };
	}
	if (request.method === 'DELETE') {
		const name = words(parameters.name);
		if (name === '') throw parameterError('The parameter name is required.');
		const removed = world.templates.remove(account.wabaId, name, words(parameters.hsm_id) || undefined);
		if (removed === 0) throw new GraphError(100, { subcode: 2593002, message: 'Invalid parameter' });
		return success;
	}
	throw unknownObject(account.wabaId, request.method);
}

/** `/{waba}` and its edges. */
export async function accountEndpoint(
	world: World,
	account: AccountState,
	request: GraphRequest,
): Promise<GraphAnswer> {
	const [, edge] = request.segments;
	switch (edge) {
		case undefined:
			if (request.method !== 'GET') throw unknownObject(account.wabaId, request.method);
			return {
				json: onlyFields(
					{
						id: account.wabaId,
						name: 'Simulated WhatsApp Business Account',
						timezone_id: '41',
						currency: 'COP',
						account_review_status: 'APPROVED',
						message_template_namespace: 'simulated_namespace',
						business_verification_status: 'verified',
						country: 'CO',
					},
					fieldsOf(request),
					['id', 'name', 'timezone_id', 'message_template_namespace'],
				),
			};
		case 'phone_numbers':
			if (request.method !== 'GET') throw unknownObject(account.wabaId, request.method);
			return page(
				world,
				request,
				account.numbers.map((state) =>
					onlyFields(viewOfNumber(state), fieldsOf(request), [
						'verified_name',
						'code_verification_status',
						'display_phone_number',
						'quality_rating',
						'platform_type',
						'throughput',
						'webhook_configuration',
						'status',
						'id',
					]),
				),
			);
		case 'subscribed_apps':
			return subscribedApps(world, account, request);
		case 'message_templates':
			return messageTemplates(world, account, request);
		default:
			throw unknownObject(`${account.wabaId}/${edge}`, request.method);
	}
}

/** `/{template}`: view and edit. */
export function templateEndpoint(world: World, template: StoredTemplate, request: GraphRequest): GraphAnswer {
	if (request.method === 'GET') return { json: world.templates.view(template, fieldsOf(request)) };
	if (request.method !== 'POST') throw unknownObject(template.id, request.method);
	world.templates.edit(template, request.parameters);
	return { json: { success: true, id: template.id, name: template.name, category: template.category } };
}

function blockUsers(world: World, state: NumberState, request: GraphRequest): GraphAnswer {
	const chats = world.people.all.filter((chat) => chat.number === state.number);
	if (request.method === 'GET') {
		return page(
			world,
			request,
			chats
				.filter((chat) => chat.blocked)
				.map((chat) => ({
					messaging_product: 'whatsapp',
					...(chat.waId ? { wa_id: chat.waId } : { user_id: chat.userId }),
				})),
		);
	}
	if (request.method !== 'POST' && request.method !== 'DELETE')
		throw unknownObject(state.number.phoneNumberId, request.method);
	const users = request.parameters.block_users;
	if (!Array.isArray(users) || users.length === 0) throw parameterError('The parameter block_users is required.');
	const done = users.map((entry: unknown) => {
		const user = words(object(entry)?.user);
		const userId = words(object(entry)?.user_id);
		const waId = user.replace(/\D/g, '');
		const chat = chats.find(
			(candidate) => (waId !== '' && candidate.waId === waId) || (userId !== '' && candidate.userId === userId),
		);
		if (!chat)
			throw new GraphError(139100, {
				status: 400,
				message: '(#139100) Failed to block/unblock users',
				details: 'The user has not messaged this number.',
				messaging: true,
			});
		chat.blocked = request.method === 'POST';
		return user === '' ? { input: userId, user_id: userId } : { input: user, wa_id: waId };
	});
	return {
		json: {
			messaging_product: 'whatsapp',
			block_users: request.method === 'POST' ? { added_users: done } : { removed_users: done },
		},
	};
}

function qrCodes(world: World, state: NumberState, request: GraphRequest): GraphAnswer {
	const [, , code] = request.segments;
	if (code !== undefined) {
		const known = state.qrCodes.get(code);
		if (!known) throw unknownObject(code, request.method);
		if (request.method === 'DELETE') {
			state.qrCodes.delete(code);
			return success;
		}
		return { json: { data: [known] } };
	}
	if (request.method === 'GET') return page(world, request, [...state.qrCodes.values()]);
	if (request.method !== 'POST') throw unknownObject(state.number.phoneNumberId, request.method);
	const message = words(request.parameters.prefilled_message);
	if (message === '') throw parameterError('The parameter prefilled_message is required.');
	if (message.length > 140) throw parameterError('Param prefilled_message must be at most 140 characters long.');
	const existing = words(request.parameters.code);
	if (existing !== '' && !state.qrCodes.has(existing)) throw unknownObject(existing, request.method);
	const id = existing || world.identifiers.qrCode();
	const entry: Json = { code: id, prefilled_message: message, deep_link_url: `https://wa.me/message/${id}` };
	const format = words(request.parameters.generate_qr_image);
	if (format !== '') {
		if (format !== 'PNG' && format !== 'SVG')
			throw parameterError('Param generate_qr_image must be one of {PNG, SVG}.');
		entry.qr_image_url = `https://scontent.whatsapp.net/${id}.${format.toLowerCase()}`;
	}
	state.qrCodes.set(id, entry);
	return { json: entry };
}

function businessProfile(state: NumberState, request: GraphRequest): GraphAnswer {
	if (request.method === 'GET') {
		return {
			json: {
				data: [
					onlyFields(
						{ messaging_product: 'whatsapp', ...state.profile },
						fieldsOf(request),
						Object.keys({ messaging_product: 1, ...state.profile }),
					),
				],
			},
		};
	}
	if (request.method !== 'POST') throw unknownObject(state.number.phoneNumberId, request.method);
	const limits: Readonly<Record<string, number>> = { about: 139, address: 256, description: 512, email: 128 };
	for (const [field, maximum] of Object.entries(limits)) {
		if (words(request.parameters[field]).length > maximum)
			throw parameterError(`Param ${field} must be at most ${maximum} characters long.`);
	}
	const { messaging_product: product, ...changes } = request.parameters;
	if (product !== 'whatsapp') throw parameterError('The parameter messaging_product is required.');
	state.profile = { ...state.profile, ...changes };
	return success;
}

/** Contacts and history can be asked for this long after the number was shared. */
const SYNC_WINDOW_MS = 24 * 3_600_000;

function appData(world: World, state: NumberState, request: GraphRequest): GraphAnswer {
	const type = words(request.parameters.sync_type);
	if (type !== 'smb_app_state_sync' && type !== 'history')
		throw parameterError('Param sync_type must be one of {SMB_APP_STATE_SYNC, HISTORY}.');
	const late = state.onboardedAt !== undefined && world.now() - state.onboardedAt > SYNC_WINDOW_MS;
	if (!state.number.onBusinessApp || state.leftApp || late) throw new GraphError(2593108);
	if (state.synced.has(type)) throw new GraphError(2593107);
	state.synced.add(type);
	return {
		json: { messaging_product: 'whatsapp', request_id: world.identifiers.trace() },
		afterwards: () => handOver(world, state, type),
	};
}

/** `/{phone}` and its edges, except messages and media. */
export async function numberEndpoint(world: World, state: NumberState, request: GraphRequest): Promise<GraphAnswer> {
	const [id, edge] = request.segments;
	switch (edge) {
		case undefined: {
			if (request.method === 'GET') {
				return {
					json: onlyFields(viewOfNumber(state), fieldsOf(request), [
						'verified_name',
						'code_verification_status',
						'display_phone_number',
						'quality_rating',
						'platform_type',
						'throughput',
						'webhook_configuration',
						'id',
					]),
				};
			}
			if (request.method !== 'POST') throw unknownObject(id, request.method);
			const configuration = object(request.parameters.webhook_configuration);
			if (configuration) {
				const override = words(configuration.override_callback_uri);
				if (override === '') {
					state.override = undefined;
				} else {
					if (!world.accounts.get(state.number.wabaId)?.subscribed) {
						throw parameterError(
							'Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
						);
					}
					await acceptCallback(world, override, words(configuration.verify_token));
					state.override = override;
				}
			}
			return success;
		}
		case 'block_users':
			return blockUsers(world, state, request);
		case 'message_qrdls':
			return qrCodes(world, state, request);
		case 'whatsapp_business_profile':
			return businessProfile(state, request);
		case 'smb_app_data':
			return appData(world, state, request);
		case 'register': {
			if (!/^\d{6}$/.test(words(request.parameters.pin)))
				throw new GraphError(131009, { details: 'pin must have 6 digits' });
			state.registered = true;
			return success;
		}
		case 'deregister':
			state.registered = false;
			return success;
		default:
			throw unknownObject(`${id}/${edge}`, request.method);
	}
}

/** `/{app}`, `/debug_token`, `/oauth/access_token`: what works with the app's own token. */
export async function appEndpoint(world: World, request: GraphRequest): Promise<GraphAnswer> {
	const [, edge] = request.segments;
	if (edge === undefined)
		return {
			json: { id: world.app.id, name: 'Simulated app', link: `https://www.facebook.com/games/?app_id=${world.app.id}` },
		};
	if (edge !== 'subscriptions') throw unknownObject(`${world.app.id}/${edge}`, request.method);
	switch (request.method) {
		case 'GET':
			return {
				json: {
					data: world.app.callback
						? [
								{
									object: 'whatsapp_business_account',
									callback_url: world.app.callback,
									active: true,
									fields: (world.app.fields ?? ['messages']).map((name) => ({ name, version: 'v25.0' })),
								},
							]
						: [],
				},
			};
		case 'POST': {
			if (request.parameters.object !== 'whatsapp_business_account')
				throw parameterError('Param object must be whatsapp_business_account.');
			const url = words(request.parameters.callback_url);
			if (url === '') throw parameterError('The parameter callback_url is required.');
			const given = request.parameters.fields;
			const fields = (Array.isArray(given) ? given.map(String) : words(given).split(','))
				.map((field) => field.trim())
				.filter(Boolean);
			await acceptCallback(world, url, words(request.parameters.verify_token));
			world.app.callback = url;
			world.app.fields = fields.length > 0 ? fields : ['messages'];
			return success;
		}
		case 'DELETE':
			world.app.callback = undefined;
			world.app.fields = undefined;
			return success;
		default:
			throw unknownObject(world.app.id, request.method);
	}
}

const CODE_LIFETIME_MS = 30_000;

export function tokenEndpoint(world: World, request: GraphRequest): GraphAnswer {
	if (request.segments[0] === 'debug_token') {
		const input = words(request.parameters.input_token);
		const grant = world.grants.get(input);
		const valid = grant !== undefined || (world.accessToken !== undefined && input === world.accessToken);
		const accounts =
			grant?.wabaIds ?? [...world.accounts.values()].filter(({ foreign }) => !foreign).map(({ wabaId }) => wabaId);
		const scopes = grant?.scopes ?? ['whatsapp_business_management', 'whatsapp_business_messaging'];
		return {
			json: {
				data: valid
					? {
							app_id: world.app.id,
							type: 'SYSTEM_USER',
							application: 'Simulated app',
							data_access_expires_at: 0,
							expires_at: 0,
							is_valid: true,
							issued_at: Math.floor(world.now() / 1000),
							scopes,
							granular_scopes: scopes.map((scope) => ({ scope, target_ids: accounts })),
							user_id: '122100000000000001',
						}
					: { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] },
			},
		};
	}
	if (
		words(request.parameters.client_id) !== world.app.id ||
		words(request.parameters.client_secret) !== world.options.appSecret
	) {
		throw new GraphError(1, { message: 'Error validating client secret.', status: 400 });
	}
	if (request.parameters.grant_type === 'client_credentials') {
		return { json: { access_token: `${world.app.id}|${world.options.appSecret}`, token_type: 'bearer' } };
	}
	const code = words(request.parameters.code);
	const issued = world.signupCodes.get(code);
	if (issued?.redirectUri !== undefined && issued.redirectUri !== request.parameters.redirect_uri) {
		throw new GraphError(100, {
			message:
				'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
			subcode: 36008,
		});
	}
	world.signupCodes.delete(code);
	if (issued === undefined)
		throw new GraphError(100, { message: 'This authorization code has been used.', subcode: 36009 });
	if (world.now() - issued.issuedAt > CODE_LIFETIME_MS) {
		throw new GraphError(100, { message: 'This authorization code has expired.', subcode: 36007 });
	}
	if (issued.grant) world.grants.set(issued.grant.token, issued.grant);
	return { json: { access_token: issued.grant?.token ?? world.accessToken, token_type: 'bearer' } };
}
