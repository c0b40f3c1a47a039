import { webhookError } from './graphErrors';
import { templateStatusValue } from './accountEndpoints';
import type { Chat } from './people';
import type { Customer, DeliveryReport, Json, Spoken, VendorEvents } from './types';
import { destinationOf, envelope, metadataOf, type AccountState, type NumberState, type World } from './world';
import { bubbleText } from './bubbleText';

function numberOf(world: World, phoneNumberId: string): NumberState {
	const state = world.numbers.get(phoneNumberId);
	if (!state) throw new Error(`The simulator has no number ${phoneNumberId}.`);
	return state;
}

function accountOf(world: World, wabaId: string): AccountState {
	const account = world.accounts.get(wabaId);
	if (!account) throw new Error(`The simulator has no account ${wabaId}.`);
	return account;
}

/** Webhooks that no customer's message causes. */
export function vendorEvents(world: World): VendorEvents {
	const seconds = (): number => Math.floor(world.now() / 1000);
	const post = (
		account: AccountState,
		state: NumberState | undefined,
		field: string,
		value: Json,
		time?: number,
	): Promise<DeliveryReport> =>
		world.courier.deliver({
			destination: () => destinationOf(world, account, state, field),
			payload: envelope(account.wabaId, [{ value, field }], time),
		});
	const ofNumber = (phoneNumberId: string, field: string, value: Json): Promise<DeliveryReport> => {
		const state = numberOf(world, phoneNumberId);
		return post(accountOf(world, state.number.wabaId), state, field, {
			messaging_product: 'whatsapp',
			metadata: metadataOf(state.number),
			...value,
		});
	};
	const ofAccount = (wabaId: string, field: string, value: Json): Promise<DeliveryReport> =>
		post(accountOf(world, wabaId), undefined, field, value, seconds());

	return {
		echo(customer: Customer, message: Json & { readonly type: string }): Spoken {
			const chat = customer as Chat;
			const wamid = world.identifiers.wamid(chat.waId ?? chat.userId, 'outbound');
			const entry: Json = {
				from: chat.number.displayPhoneNumber.replace(/\D/g, ''),
				...(chat.visibleWaId ? { to: chat.visibleWaId } : {}),
				to_user_id: chat.userId,
				id: wamid,
				timestamp: String(seconds()),
				...message,
			};
			if (message.type !== 'edit' && message.type !== 'revoke') {
				chat.receive({
					wamid,
					at: world.now(),
					direction: 'received',
					type: message.type,
					text: bubbleText(message),
					status: 'delivered',
					reactions: {},
				});
			}
			return {
				wamid,
				delivered: ofNumber(chat.phoneNumberId, 'smb_message_echoes', {
					contacts: [chat.contact()],
					message_echoes: [entry],
				}),
			};
		},
		history: (phoneNumberId, chunk) =>
			ofNumber(phoneNumberId, 'history', {
				history: [
					{
						metadata: { phase: chunk.phase, chunk_order: chunk.chunkOrder, progress: chunk.progress },
						threads: chunk.threads,
					},
				],
			}),
		historyDeclined: (phoneNumberId) =>
			ofNumber(phoneNumberId, 'history', {
				history: [
					{
						errors: [
							webhookError(2593109, 'History sharing is turned off by the business from the WhatsApp Business App.'),
						],
					},
				],
			}),
		historyMedia: (phoneNumberId, message) => ofNumber(phoneNumberId, 'history', { messages: [message] }),
		contactSync: (phoneNumberId, contacts) =>
			ofNumber(phoneNumberId, 'smb_app_state_sync', {
				state_sync: contacts.map(({ action, phoneNumber, fullName, firstName }) => ({
					type: 'contact',
					contact: {
						...(fullName === undefined ? {} : { full_name: fullName }),
						...(firstName === undefined ? {} : { first_name: firstName }),
						phone_number: phoneNumber,
					},
					action,
					metadata: { timestamp: String(seconds()) },
				})),
			}),
		accountUpdate: (wabaId, value) => ofAccount(wabaId, 'account_update', value),
		templateStatus(wabaId, { name, language }, event, reason) {
			const template = world.templates.find(wabaId, name, language);
			if (!template) throw new Error(`The simulator has no template ${name} in ${language}.`);
			const statuses = [
				'APPROVED',
				'PENDING',
				'REJECTED',
				'PAUSED',
				'DISABLED',
				'IN_APPEAL',
				'LIMIT_EXCEEDED',
				'ARCHIVED',
			];
			if (statuses.includes(event)) template.status = event;
			if (event === 'REINSTATED' || event === 'UNARCHIVED') template.status = 'APPROVED';
			template.rejectedReason = event === 'REJECTED' ? (reason ?? 'INVALID_FORMAT') : undefined;
			return ofAccount(wabaId, 'message_template_status_update', templateStatusValue(template, event, reason));
		},
		phoneQuality(phoneNumberId, event, tier) {
			const { number } = numberOf(world, phoneNumberId);
			return ofAccount(number.wabaId, 'phone_number_quality_update', {
				display_phone_number: number.displayPhoneNumber.replace(/\D/g, ''),
				event,
				max_daily_conversations_per_business: tier,
			});
		},
		change({ wabaId, phoneNumberId }, field, value) {
			if (phoneNumberId !== undefined) return ofNumber(phoneNumberId, field, value);
			const account = wabaId === undefined ? [...world.accounts.values()][0] : accountOf(world, wabaId);
			return post(account, undefined, field, value, seconds());
		},
		systemError: (phoneNumberId, code) => ofNumber(phoneNumberId, 'messages', { errors: [webhookError(code)] }),
		status(wamid, status, errorCode) {
			const subject = world.statuses.subject(wamid);
			if (!subject) throw new Error(`No send was accepted as ${wamid}.`);
			return world.statuses.report(subject, status, errorCode);
		},
	};
}
