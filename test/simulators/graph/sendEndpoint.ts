import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { bubbleOf } from './bubbles';
import { GraphError, parameterError } from './graphErrors';
import { baseMimeType, kindOfMimeType } from './media';
import type { Chat, Person } from './people';
import { checkSend, type CheckedSend } from './sendRules';
import type { StatusSubject } from './statusDesk';
import type { FilledTemplate } from './templateCatalogue';
import type { Bubble, Json } from './types';
import type { GraphAnswer, GraphRequest, NumberState, World } from './world';

const WINDOW_MS = 24 * 60 * 60 * 1000;
const userIdShape = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/**
 * Digits of the recipient. Without `+` the business number's country code is put in front
 * (MD/messages/send-messages); a number that is complete in that country already is left as it is.
 */
function digitsOf(to: string, country: string): string {
	if (!/^\+?[\d\s().-]+$/.test(to)) throw new GraphError(131009, { details: 'Recipient phone number is not valid' });
	const digits = to.replace(/\D/g, '');
	if (digits.length < 6 || digits.length > 20)
		throw new GraphError(131009, { details: 'Recipient phone number is not valid' });
	if (to.trim().startsWith('+') || !isSupportedCountry(country)) return normalised(digits);
	const callingCode = getCountryCallingCode(country);
	const complete = digits.startsWith(callingCode) && parsePhoneNumberFromString(`+${digits}`)?.isValid() === true;
	return normalised(complete ? digits : callingCode + digits);
}

/** WhatsApp's own ids of Mexican and Argentine mobiles keep a digit that the numbers have lost: wa_id ≠ input. */
function normalised(digits: string): string {
	if (/^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`;
	if (/^54[1-8]\d{9}$/.test(digits)) return `549${digits.slice(2)}`;
	return digits;
}

interface Recipient {
	readonly person: Person;
	readonly toPhone: boolean;
	readonly answer: Json;
	readonly input: string;
}

function recipientOf(world: World, state: NumberState, send: CheckedSend): Recipient {
	if (send.to !== undefined) {
		const waId = digitsOf(send.to, state.number.country ?? 'CO');
		if (waId === state.number.displayPhoneNumber.replace(/\D/g, '')) throw new GraphError(131021);
		return {
			person: world.people.person({ waId }, state.number),
			toPhone: true,
			answer: { input: send.to, wa_id: waId },
			input: send.to,
		};
	}
	const userId = send.recipient ?? '';
	const person = userIdShape.test(userId) ? world.people.knownUserId(userId) : undefined;
	if (!person)
		throw new GraphError(131009, { details: 'Recipient is not a business-scoped user ID of this business portfolio' });
	return { person, toPhone: false, answer: { input: userId, user_id: userId }, input: userId };
}

/** Media ids named anywhere in a send must exist and belong to the account. */
function checkMedia(world: World, send: CheckedSend, filled: FilledTemplate | undefined): string | undefined {
	const wanted: Array<{ readonly kind: string; readonly id: unknown }> = [];
	if (send.type === 'interactive' && typeof send.content.header === 'object' && send.content.header !== null) {
		const header = send.content.header as Json;
		const kind = String(header.type);
		if (kind !== 'text') wanted.push({ kind, id: (header[kind] as Json | undefined)?.id });
	} else if (filled?.headerMedia) {
		wanted.push({ kind: filled.headerMedia.kind, id: filled.headerMedia.id });
	} else {
		wanted.push({ kind: send.type, id: send.content.id });
	}
	for (const { kind, id } of wanted) {
		if (typeof id !== 'string') continue;
		const media = world.media.find(id);
		if (!media) throw new GraphError(131009, { details: `Media with id ${id} does not exist or has expired` });
		// The upload takes a file by its own type; sending it as something else is found out while it is processed.
		if (kind !== 'document' && kindOfMimeType(media.mimeType) !== kind) {
			return `The ${kind} has the type ${baseMimeType(media.mimeType)}, which is not supported for it`;
		}
	}
	return undefined;
}

function markRead(world: World, state: NumberState, parameters: Json): GraphAnswer {
	const wamid = parameters.message_id;
	if (parameters.messaging_product !== 'whatsapp') throw parameterError('The parameter messaging_product is required.');
	if (parameters.status !== 'read') throw parameterError('Param status must be one of {READ}.');
	if (typeof wamid !== 'string') throw new GraphError(131008, { details: 'The parameter message_id is required.' });
	const message = world.messages.get(wamid);
	if (!message || message.chat.number !== state.number || message.bubble.direction !== 'written') {
		throw new GraphError(131009, { details: 'Message ID is not the ID of a received message' });
	}
	const indicator = parameters.typing_indicator;
	if (indicator !== undefined) {
		if (typeof indicator !== 'object' || indicator === null || (indicator as Json).type !== 'text') {
			throw new GraphError(131009, { details: "typing_indicator['type'] must be text" });
		}
		message.chat.showTyping(true);
	}
	// Reading a message reads everything before it.
	for (const bubble of message.chat.chat) {
		if (bubble.direction === 'written' && bubble.status !== 'read') {
			bubble.status = 'read';
			message.chat.changed(bubble);
		}
		if (bubble === message.bubble) break;
	}
	return { json: { success: true } };
}

/** Why an accepted message will not arrive. */
function reasonToFail(
	world: World,
	chat: Chat,
	send: CheckedSend,
	filled: FilledTemplate | undefined,
	mediaProblem: string | undefined,
): { readonly code: number; readonly details?: string } | undefined {
	if (chat.person.failsWith !== undefined) return { code: chat.person.failsWith };
	// Meta accepts it (200 with a wamid) and reports it as failed: MD/support/error-codes names 131047 for the webhook.
	if (send.type !== 'template' && world.now() - chat.lastInboundAt >= WINDOW_MS) {
		return {
			code: 131047,
			details:
				'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
		};
	}
	if (filled?.template.category === 'MARKETING' && chat.person.stoppedMarketing) return { code: 131050 };
	if (mediaProblem !== undefined) return { code: 131053, details: mediaProblem };
	if (send.type === 'reaction' && !world.messages.has(String(send.content.message_id))) {
		return { code: 131009, details: 'The message to react to does not exist' };
	}
	return undefined;
}

/** `POST /{phone}/messages`. */
export function sendMessage(world: World, state: NumberState, request: GraphRequest): GraphAnswer {
	const { parameters } = request;
	if (parameters.status !== undefined) return markRead(world, state, parameters);
	const send = checkSend(parameters);
	const { number } = state;
	const recipient = recipientOf(world, state, send);
	const filled =
		send.type === 'template' ? world.templates.fill(number.wabaId, send.content, request.version) : undefined;
	if (filled?.template.category === 'AUTHENTICATION' && !recipient.toPhone) throw new GraphError(131062);
	const mediaProblem = checkMedia(world, send, filled);
	const now = world.now();
	const chat = world.people.chat(recipient.person, number);
	if (chat.blocked) throw new GraphError(130403);
	if (!state.throughput.admit(number.phoneNumberId, now)) {
		throw new GraphError(130429, {
			details:
				'Message failed to send because there were too many messages sent from this phone number in a short period of time',
		});
	}
	if (world.pairs && !world.pairs.admit(`${number.phoneNumberId}>${recipient.person.userId}`, now)) {
		throw new GraphError(131056, {
			details:
				'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time',
		});
	}
	if (recipient.toPhone) chat.phoneKnown = true;

	const wamid = world.identifiers.wamid(recipient.person.waId ?? recipient.person.userId, 'outbound');
	const draft = bubbleOf(send, filled, (mediaId) => {
		const media = world.media.find(mediaId);
		return media && { mimeType: media.mimeType, filename: media.filename, sizeBytes: media.bytes.byteLength };
	});
	const bubble: Bubble = {
		...draft,
		wamid,
		at: now,
		direction: 'received',
		replyTo: send.replyTo,
		reactions: {},
		status: 'waiting',
	};
	world.ledger.accept(
		{
			at: now,
			phoneNumberId: number.phoneNumberId,
			to: recipient.input,
			payload: parameters,
			wamid,
			callbackData: send.callbackData,
			bubbleText: bubble.text,
		},
		recipient.person.waId ? [recipient.person.waId, recipient.person.userId] : [recipient.person.userId],
	);
	const subject: StatusSubject = {
		chat,
		bubble,
		toPhone: recipient.toPhone,
		category: filled ? filled.template.category.toLowerCase() : 'service',
		callbackData: send.callbackData,
	};
	const failure = reasonToFail(world, chat, send, filled, mediaProblem);
	const accepted: Json = { id: wamid };
	if (filled) accepted.message_status = 'accepted';
	return {
		json: { messaging_product: 'whatsapp', contacts: [recipient.answer], messages: [accepted] },
		beforehand:
			failure || !world.options.statuses?.beforeAnswer
				? undefined
				: async () => void (await world.statuses.overtake(subject)),
		afterwards: () => {
			if (failure) {
				world.messages.set(wamid, { chat, bubble });
				world.statuses.fail(subject, failure.code, failure.details);
				return;
			}
			if (send.type === 'reaction') {
				const target = world.messages.get(String(send.content.message_id));
				if (target) {
					target.bubble.reactions.business = bubble.text || undefined;
					target.chat.changed(target.bubble);
				}
				world.messages.set(wamid, { chat, bubble });
			} else {
				chat.receive(bubble);
			}
			world.statuses.begin(subject);
		},
	};
}
