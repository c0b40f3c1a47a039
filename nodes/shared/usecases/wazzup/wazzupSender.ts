import type { Template } from '../../clients/wazzup/templates';
import type { WazzupClient } from '../../clients/wazzup/client';
import { messageBody, type ChatAddress, type WazzupContent } from '../../clients/wazzup/messageRequest';
import type { Channel } from '../../clients/wazzup/channels';
import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { InvalidInput } from '../../domain/invalidInput';
import type { Identity } from '../../domain/messages/events';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { textParts } from '../../domain/messages/textParts';
import { chatTypeOfTransport, isChatType, type ChatType } from '../../domain/wazzup/chatTypes';
import { longestTextOn } from '../../domain/wazzup/limits';
import { showsButtons, wordingOf } from '../../domain/wazzup/wording';
import { RequestFailure } from '../../http/failure';
import { NO_NUMBER } from '../dialogue/messageOfItem';
import type { MessageSender } from '../send/sendQueued';

/** Stands for a made-up person, whose number nobody has. */
const SAMPLE_PERSON = '10000000000';

/** Of an account that has no WhatsApp channel yet. */
const SAMPLE_CHANNEL: Channel = { channelId: NO_NUMBER, transport: 'whatsapp', plainId: NO_NUMBER, state: 'active' };

/** The calls that this needs of the client. */
export type SendingClient = Pick<WazzupClient, 'listChannels' | 'listTemplates' | 'sendMessage'>;

/** What is asked of Wazzup once for everything that is sent together. */
interface AccountLists {
	channel(channelId: string): Promise<Channel>;
	template(name: string): Promise<Template>;
}

/** Nothing has been sent yet while Wazzup is asked for its lists: whatever went wrong, it may be done again. */
async function beforeSending<Answer>(asked: Promise<Answer>): Promise<Answer> {
	try {
		return await asked;
	} catch (error) {
		if (!(error instanceof RequestFailure) || (error.kind !== 'unknown_outcome' && error.kind !== 'temporary'))
			throw error;
		const { message, description, status, code, said } = error;
		throw new RequestFailure({ vendor: 'wazzup', kind: 'not_sent', message, description, status, code, said });
	}
}

function listsOf(client: SendingClient): AccountLists {
	let channels: ReturnType<SendingClient['listChannels']> | undefined;
	let templates: ReturnType<SendingClient['listTemplates']> | undefined;
	return {
		channel: async (channelId) => {
			channels ??= beforeSending(client.listChannels());
			const channel = (await channels).find((candidate) => candidate.channelId === channelId);
			if (channel) return channel;
			throw new InvalidInput({
				message: `Wazzup has no channel '${channelId}' any more`,
				description: 'It was removed in Wazzup, or the credential belongs to another account.',
				parameter: 'Channel',
			});
		},
		template: async (name) => {
			templates ??= beforeSending(client.listTemplates());
			const template = (await templates).find(
				(candidate) => candidate.templateGuid === name || candidate.name === name,
			);
			if (template) return template;
			throw new InvalidInput({
				message: `Wazzup has no template '${name}'`,
				description: "Choose an approved template from the list of Wazzup's templates.",
				parameter: 'Template',
			});
		},
	};
}

/** Where a message to this person goes on a channel. @throws InvalidInput when the channel cannot reach them. */
function chatAddressOf(channel: Channel, to: Identity): ChatAddress {
	const { channelId, transport } = channel;
	const separator = to.wazzupChat?.indexOf(':') ?? -1;
	const chatType = to.wazzupChat?.slice(0, separator) ?? '';
	const ofTransport = chatTypeOfTransport(transport);
	if (to.wazzupChat !== undefined && isChatType(chatType) && (ofTransport === undefined || ofTransport === chatType)) {
		return { channelId, chatType, chatId: to.wazzupChat.slice(separator + 1) };
	}
	if (to.waId !== undefined && (ofTransport === 'whatsapp' || ofTransport === 'viber')) {
		return { channelId, chatType: ofTransport, chatId: to.waId };
	}
	throw new InvalidInput({
		message: `The person has no chat on the channel '${channel.name ?? channel.plainId ?? channelId}'`,
		description: 'They can be written to only in a messenger in which they wrote.',
		parameter: 'Chat ID',
	});
}

async function knownAddress(lists: AccountLists, channelId: string, to: Identity): Promise<[Channel, ChatAddress]> {
	const channel = await lists.channel(channelId);
	return [channel, chatAddressOf(channel, to)];
}

function publicAddress(message: Extract<OutboundMessage, { type: 'media' }>): string {
	const address = message.link ?? message.mediaId;
	if (address !== undefined && /^https?:/i.test(address)) return address;
	throw new InvalidInput({
		message: OWN_SENTENCES.fileNotPublic,
		description: "Send it from Wazzup's chat window, or as a link that opens without a login.",
		parameter: 'File',
	});
}

/** Values of the body of a template, in their order, from Meta's components. */
function templateValues(components: readonly unknown[] | undefined): string[] {
	return (components ?? []).flatMap((component) => {
		const { type, parameters } = component as { readonly type?: unknown; readonly parameters?: unknown };
		if (typeof type !== 'string' || type.toLowerCase() !== 'body' || !Array.isArray(parameters)) return [];
		return parameters.map((parameter: { readonly text?: unknown }) => String(parameter.text ?? ''));
	});
}

/** A message of ours as Wazzup takes it: several where Wazzup has no single one. */
async function contentsOf(
	message: OutboundMessage,
	channel: Channel,
	chatType: ChatType,
	lists: AccountLists,
): Promise<WazzupContent[]> {
	if (message.type === 'template') {
		const { templateGuid } = await lists.template(message.name);
		return [{ type: 'template', templateId: templateGuid, values: templateValues(message.components) }];
	}
	const withButtons = message.type === 'choices' && showsButtons(message, channel.transport);
	const text = wordingOf(message, withButtons);
	const parts = text === undefined ? [] : textParts(text, longestTextOn(channel.transport, chatType));
	const words: WazzupContent[] = parts.map((part) =>
		message.type === 'choices' && withButtons
			? {
					type: 'text',
					text: part,
					buttons: message.choices.map(({ id, title }) => ({ text: title.trim(), payload: id })),
				}
			: { type: 'text', text: part },
	);
	// A message of Wazzup is a text or a file, never both.
	return message.type === 'media' ? [...words, { type: 'file', contentUri: publicAddress(message) }] : words;
}

/**
 * Sends what is queued through Wazzup. The outbox id is the crmMessageId: a repeat within a minute is refused by Wazzup and
 * means that the message has been sent. The bot never clears the unanswered counter of the team; an advisor does.
 */
export function wazzupSender(client: SendingClient): MessageSender {
	const lists = listsOf(client);
	return async ({ outboxId, channelId, to, message, byPerson = false }) => {
		const [channel, address] = await knownAddress(lists, channelId, to);
		const contents = await contentsOf(message, channel, address.chatType, lists);
		let vendorId: string | undefined;
		for (const [index, content] of contents.entries()) {
			const last = index === contents.length - 1;
			const sent = await client.sendMessage({
				...address,
				content,
				crmMessageId: last ? outboxId : `${outboxId}-${index}`,
				clearUnanswered: byPerson,
				...(message.replyTo === undefined ? {} : { refMessageId: message.replyTo }),
			});
			vendorId = sent.messageId;
		}
		return { vendorId };
	};
}

/** Made-up samples name no channel and nobody's number: they are shown as if sent on the first channel of the account. */
async function sampleAddress(client: SendingClient, to: Identity): Promise<[Channel, ChatAddress]> {
	const channels = await beforeSending(client.listChannels());
	const channel = channels.find(({ transport }) => chatTypeOfTransport(transport) === 'whatsapp') ?? SAMPLE_CHANNEL;
	return [channel, chatAddressOf(channel, { waId: to.waId ?? SAMPLE_PERSON })];
}

/** The exact bodies of the requests that would send what a node would have queued; nothing is sent. @throws InvalidInput */
export async function requestsOfMessage(
	client: SendingClient,
	{
		phoneNumberId,
		to,
		messages,
	}: { readonly phoneNumberId: string; readonly to: Identity; readonly messages: readonly OutboundMessage[] },
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
	const lists = listsOf(client);
	const bodies: Array<Readonly<Record<string, unknown>>> = [];
	for (const message of messages) {
		const [channel, address] =
			phoneNumberId === NO_NUMBER ? await sampleAddress(client, to) : await knownAddress(lists, phoneNumberId, to);
		for (const content of await contentsOf(message, channel, address.chatType, lists)) {
			bodies.push(messageBody({ ...address, content, clearUnanswered: false }));
		}
	}
	return bodies;
}
