import { accountEndpoint, appEndpoint, numberEndpoint, templateEndpoint, tokenEndpoint } from './accountEndpoints';
import { GraphError, parameterError, unknownObject } from './graphErrors';
import { sendMessage } from './sendEndpoint';
import type { Operation } from './types';
import type { GraphAnswer, GraphRequest, NumberState, World } from './world';

/** What a request is about, before anything is done: faults and the ledger go by it. */
export function operationOf(world: World, request: GraphRequest): Operation {
	const [id, edge] = request.segments;
	if (id === 'whatsapp_business') return 'media_download';
	if (id === 'debug_token' || id === 'oauth') return 'tokens';
	if (edge === 'messages' || edge === 'marketing_messages')
		return request.parameters.status === undefined ? 'send' : 'mark_read';
	if (edge === 'media') return 'media_upload';
	if (edge === 'message_templates' || world.templates.byId(id ?? '')) return 'templates';
	if (edge === 'subscribed_apps' || edge === 'subscriptions' || request.parameters.webhook_configuration !== undefined)
		return 'subscriptions';
	if (
		edge === undefined &&
		/^\d+$/.test(id ?? '') &&
		!world.numbers.has(id ?? '') &&
		!world.accounts.has(id ?? '') &&
		id !== world.app.id
	) {
		return request.method === 'DELETE' ? 'media_delete' : 'media_url';
	}
	if (world.numbers.has(id ?? '') || edge === 'phone_numbers') return 'numbers';
	return 'other';
}

function authorize(world: World, request: GraphRequest, appTokenAlso: boolean): void {
	if (request.token === undefined) {
		throw new GraphError(104, { message: 'An access token is required to request this resource.', messaging: false });
	}
	if (world.accessToken !== undefined && request.token === world.accessToken) return;
	if (world.grants.has(request.token)) return;
	if (appTokenAlso && request.token === `${world.app.id}|${world.options.appSecret}`) return;
	throw new GraphError(190, {
		message: 'Error validating access token: Session has expired or the token is not valid.',
		subcode: 463,
	});
}

/** A token opens the accounts it was given for; for all others the object does not exist. */
function assertMayUse(world: World, wabaId: string, request: GraphRequest): void {
	const grant = world.grants.get(request.token ?? '');
	const allowed = grant === undefined ? world.accounts.get(wabaId)?.foreign !== true : grant.wabaIds.includes(wabaId);
	if (!allowed) throw unknownObject(request.segments[0] ?? '', request.method);
}

function mediaUpload(world: World, state: NumberState, request: GraphRequest): GraphAnswer {
	if (request.method !== 'POST') throw unknownObject(`${state.number.phoneNumberId}/media`, request.method);
	if (request.parameters.messaging_product !== 'whatsapp')
		throw parameterError('The parameter messaging_product is required.');
	const file = request.files.get('file');
	if (!file) throw parameterError('The parameter file is required.');
	const declared =
		typeof request.parameters.type === 'string' && request.parameters.type !== ''
			? request.parameters.type
			: file.mimeType;
	const media = world.media.upload(state.number.phoneNumberId, { ...file, mimeType: declared });
	return { json: { id: media.id } };
}

function mediaEndpoint(world: World, request: GraphRequest): GraphAnswer {
	const [id] = request.segments;
	const media = world.media.find(id);
	const owner = request.parameters.phone_number_id;
	if (!media || (owner !== undefined && String(owner) !== media.phoneNumberId)) throw unknownObject(id, request.method);
	if (request.method === 'DELETE') {
		world.media.remove(id);
		return { json: { success: true } };
	}
	if (request.method !== 'GET') throw unknownObject(id, request.method);
	return {
		json: {
			messaging_product: 'whatsapp',
			url: world.media.address(world.baseUrl, media),
			mime_type: media.mimeType.split(';')[0],
			sha256: media.sha256,
			file_size: String(media.bytes.byteLength),
			id: media.id,
		},
	};
}

function mediaDownload(world: World, request: GraphRequest): GraphAnswer {
	// The download host knows only tokens and tickets; it answers 401 and 404 without Graph's explanations.
	const known = request.token !== undefined && world.grants.has(request.token);
	if (!known && (world.accessToken === undefined || request.token !== world.accessToken))
		return { status: 401, json: { error: 'Authentication required' } };
	const hash = request.query.get('hash') ?? '';
	const media = world.media.redeem(hash);
	if (!media || request.query.get('mid') !== media.id) return { status: 404, json: { error: 'Not Found' } };
	return { bytes: { content: media.bytes, mimeType: media.mimeType, filename: media.filename } };
}

/** @throws GraphError for everything that Meta refuses. */
export async function answer(world: World, request: GraphRequest): Promise<GraphAnswer> {
	const [id, edge] = request.segments;
	if (id === undefined) throw parameterError('Unsupported request.');
	if (id === 'whatsapp_business' && edge === 'attachments') return mediaDownload(world, request);
	if (id === 'oauth' && edge === 'access_token') return tokenEndpoint(world, request);
	if (id === 'debug_token') {
		authorize(world, request, true);
		return tokenEndpoint(world, request);
	}
	if (id === world.app.id) {
		if (edge === 'subscriptions' && request.token !== `${world.app.id}|${world.options.appSecret}`) {
			throw new GraphError(15, { message: '(#15) This method must be called with an app access_token.', status: 400 });
		}
		authorize(world, request, true);
		return appEndpoint(world, request);
	}
	authorize(world, request, false);
	const number = world.numbers.get(id);
	if (number) {
		assertMayUse(world, number.number.wabaId, request);
		if (edge === 'messages' || edge === 'marketing_messages') {
			if (request.method !== 'POST') throw unknownObject(`${id}/${edge}`, request.method);
			return sendMessage(world, number, request);
		}
		if (edge === 'media') return mediaUpload(world, number, request);
		return numberEndpoint(world, number, request);
	}
	const account = world.accounts.get(id);
	if (account) {
		assertMayUse(world, account.wabaId, request);
		return accountEndpoint(world, account, request);
	}
	const template = edge === undefined ? world.templates.byId(id) : undefined;
	if (template) return templateEndpoint(world, template, request);
	if (edge === undefined && world.media.find(id)) return mediaEndpoint(world, request);
	throw unknownObject(id, request.method);
}
