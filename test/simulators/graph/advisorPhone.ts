import { vendorEvents } from './vendorEvents';
import type { AdvisorPhone, Customer, DeliveryReport, Json, Spoken } from './types';
import type { NumberState, World } from './world';

/** What the phone hands over when it is asked (`smb_app_data`), after the answer was written. */
export function handOver(world: World, state: NumberState, type: 'smb_app_state_sync' | 'history'): void {
	const { phoneNumberId } = state.number;
	const events = vendorEvents(world);
	if (type === 'smb_app_state_sync') {
		const contacts = state.addressBook;
		if (contacts.length > 0) {
			void events.contactSync(
				phoneNumberId,
				contacts.map((contact) => ({ action: 'add', ...contact })),
			);
		}
		return;
	}
	if (!state.sharesHistory) {
		void events.historyDeclined(phoneNumberId);
		return;
	}
	const threads = state.past;
	const step = Math.max(1, Math.ceil(threads.length / 3));
	for (const phase of [0, 1, 2] as const) {
		const chunk = threads.slice(phase * step, (phase + 1) * step);
		void events.history(phoneNumberId, {
			phase,
			chunkOrder: 1,
			progress: phase === 2 ? 100 : 40 * (phase + 1),
			threads: chunk,
		});
	}
}

/** The telephone of an advisor with the WhatsApp Business app on it. */
export function advisorPhone(world: World, state: NumberState): AdvisorPhone {
	const events = vendorEvents(world);
	const { wabaId, displayPhoneNumber } = state.number;
	const disconnect = (event: string, info: Json | undefined): Promise<DeliveryReport> =>
		events.accountUpdate(wabaId, {
			event,
			phone_number: displayPhoneNumber.replace(/\D/g, ''),
			waba_info: { waba_id: wabaId, owner_business_id: '900000000000001' },
			...(info === undefined ? {} : { disconnection_info: info }),
		});
	const revoke = (): void => {
		for (const [token, grant] of world.grants) if (grant.wabaIds.includes(wabaId)) world.grants.delete(token);
	};
	return {
		addressBook: state.addressBook,
		past: state.past,
		write: (customer: Customer, text: string): Spoken => events.echo(customer, { type: 'text', text: { body: text } }),
		edit: (customer, originalMessageId, text) =>
			events.echo(customer, {
				type: 'edit',
				edit: { original_message_id: originalMessageId, message: { type: 'text', text: { body: text } } },
			}),
		remove: (customer, originalMessageId) =>
			events.echo(customer, { type: 'revoke', revoke: { original_message_id: originalMessageId } }),
		shareHistory(shared) {
			state.sharesHistory = shared;
		},
		async disconnect() {
			revoke();
			const report = await disconnect('PARTNER_REMOVED', { reason: 'ACCOUNT_DISCONNECTED', initiated_by: 'USER' });
			const account = world.accounts.get(wabaId);
			if (account) account.subscribed = false;
			return report;
		},
		fallAsleep: async () =>
			await disconnect('ACCOUNT_OFFBOARDED', { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' }),
		wakeUp: async () => await disconnect('ACCOUNT_RECONNECTED', undefined),
		revokeSilently: revoke,
		leaveApp() {
			state.leftApp = true;
		},
	};
}
