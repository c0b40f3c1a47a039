import { InvalidInput } from '../../domain/invalidInput';
import { normalizeChatId, type ChatType } from '../../domain/wazzup/chatTypes';
import { LONGEST_BUTTON_TEXT, longestText, MOST_BUTTONS } from '../../domain/wazzup/limits';

/** A button under a text. Without a payload the answer carries its position, counted from 0. */
export interface MessageButton {
	readonly text: string;
	readonly payload?: string;
}

export type WazzupContent =
	| { readonly type: 'text'; readonly text: string; readonly buttons?: readonly MessageButton[] }
	/** A public address; Wazzup fetches it at once and follows no redirect. */
	| { readonly type: 'file'; readonly contentUri: string }
	| {
			readonly type: 'template';
			readonly templateId: string;
			readonly values: readonly string[];
			/** Payloads of the template's quick replies, in their order. */
			readonly buttonPayloads?: readonly string[];
	  };

/** Where a message goes: a chat, or a person by account name or phone where the messenger allows it (Telegram, MAX). */
export interface ChatAddress {
	readonly channelId: string;
	readonly chatType: ChatType;
	readonly chatId?: string;
	readonly username?: string;
	readonly phone?: string;
}

export interface WazzupMessage extends ChatAddress {
	readonly content: WazzupContent;
	/** Id of the message that is answered. */
	readonly refMessageId?: string;
	/** Who of the team writes, as Wazzup knows the user. */
	readonly crmUserId?: string;
	/** Of ours: Wazzup refuses it a second time within 60 s. */
	readonly crmMessageId?: string;
	/** Whether the chat counts as answered after this. */
	readonly clearUnanswered: boolean;
}

const refuse = (parameter: string, message: string, description: string): InvalidInput =>
	new InvalidInput({ message, description, parameter });

/** The body of `POST /message`. @throws InvalidInput naming what breaks a limit. */
export function messageBody(message: WazzupMessage): Readonly<Record<string, unknown>> {
	const { channelId, chatType, refMessageId, crmUserId, crmMessageId, clearUnanswered } = message;
	if (channelId.trim() === '') {
		throw refuse('Channel', "'Channel' is empty", "Choose the channel in 'Channel'.");
	}
	return {
		channelId,
		chatType,
		...recipient(message),
		...contentBody(message.content, chatType),
		...(refMessageId === undefined ? {} : { refMessageId }),
		...(crmUserId === undefined ? {} : { crmUserId }),
		...(crmMessageId === undefined ? {} : { crmMessageId }),
		clearUnanswered,
	};
}

function recipient({ chatType, chatId, username, phone }: ChatAddress): Readonly<Record<string, string>> {
	if (chatId !== undefined && chatId.trim() !== '') {
		const id = normalizeChatId(chatType, chatId);
		if (id !== undefined) return { chatId: id };
		throw refuse(
			'Chat ID',
			`'Chat ID' is not a phone number: '${chatId}'`,
			'Use the number with its country code, e.g. 573001234567.',
		);
	}
	if (username !== undefined) return { username: username.replace(/^@/, '') };
	if (phone !== undefined) return { phone: phone.replace(/\D/g, '') };
	throw refuse('Chat ID', "'Chat ID' is empty", 'Take it from Wazzup Trigger, or use the phone number of the person.');
}

function contentBody(content: WazzupContent, chatType: ChatType): Readonly<Record<string, unknown>> {
	switch (content.type) {
		case 'text':
			return {
				text: checkedText(content.text, chatType),
				...(content.buttons === undefined ? {} : { buttonsObject: { buttons: checkedButtons(content.buttons) } }),
			};
		case 'file':
			return { contentUri: checkedAddress(content.contentUri) };
		case 'template':
			return {
				templateId: content.templateId,
				templateValues: content.values,
				...(content.buttonPayloads === undefined || content.buttonPayloads.length === 0
					? {}
					: { buttonsObject: { buttons: content.buttonPayloads.map((payload) => ({ payload })) } }),
			};
	}
}

/** The text, when a chat of this type takes it. @throws InvalidInput */
export function checkedText(text: string, chatType: ChatType): string {
	if (text.trim() === '') throw refuse('Text', "'Text' is empty", 'Write what the person shall read.');
	const longest = longestText(chatType);
	if (text.length <= longest) return text;
	throw refuse(
		'Text',
		`'Text' has ${text.length} characters; this chat takes ${longest}`,
		'Shorten it or send it in parts.',
	);
}

function checkedButtons(buttons: readonly MessageButton[]): ReadonlyArray<Readonly<Record<string, string>>> {
	if (buttons.length === 0 || buttons.length > MOST_BUTTONS) {
		throw refuse(
			'Buttons',
			`'Buttons' has ${buttons.length} buttons; a message has 1 to ${MOST_BUTTONS}`,
			'Offer fewer, or a numbered text. Wazzup would cut the others without a word.',
		);
	}
	return buttons.map(({ text, payload }) => {
		if (text.trim() === '' || text.length > LONGEST_BUTTON_TEXT) {
			throw refuse(
				'Buttons',
				`'Buttons': '${text}' has ${text.length} characters; a button has 1 to ${LONGEST_BUTTON_TEXT}`,
				'Shorten the text of the button.',
			);
		}
		return { text, type: 'text', ...(payload === undefined ? {} : { payload }) };
	});
}

/** The address, when Wazzup can fetch a file from it. @throws InvalidInput */
export function checkedAddress(address: string): string {
	const url = address.trim();
	if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)) return url;
	throw refuse(
		'File URL',
		`'File URL' is not a web address: '${address}'`,
		'Wazzup fetches the file itself: the address must be public and answer without a redirect.',
	);
}
