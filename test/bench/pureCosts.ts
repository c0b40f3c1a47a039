import { classify, parseMetaWebhook, profiles, verifyMetaSignature } from '../../index';
import { parseChatExport } from '../../nodes/shared/domain/simulation/parseChatExport';
import { simulateChats } from '../../nodes/shared/domain/simulation/simulateChats';
import { sign, writeAsMeta } from '../simulators/graph';
import { evaluation } from '../support/labelledMessages';
import { chatsOfAShop } from '../support/pastChats';

/** The middle one of many measurements. */
export function median(unordered: readonly number[]): number {
	const ordered = [...unordered].sort((one, other) => one - other);
	return ordered[Math.floor(ordered.length / 2)] ?? 0;
}

/** How long each of some calls takes, in microseconds, `rounds` times over and after as many rounds to warm up. */
function microseconds<Input>(inputs: readonly Input[], rounds: number, call: (input: Input) => unknown): number[] {
	const taken: number[] = [];
	for (let round = -rounds; round < rounds; round += 1) {
		for (const input of inputs) {
			const began = process.hrtime.bigint();
			call(input);
			const nanoseconds = Number(process.hrtime.bigint() - began);
			if (round >= 0) taken.push(nanoseconds / 1_000);
		}
	}
	return taken;
}

/** Median of a `classify` call over the messages that the classifier is evaluated on, in microseconds. */
export function classifyCost(): { readonly microseconds: number; readonly messages: number } {
	const messages = Object.values(evaluation).flat();
	const profile = profiles.prosuministros;
	const taken = microseconds(messages, 10, (message) => classify(message, { profile }));
	return { microseconds: median(taken), messages: messages.length };
}

/** Median of proving and reading a webhook with one message, in microseconds. */
export function webhookCost(): number {
	const secret = 'app-secret';
	const body = Buffer.from(
		writeAsMeta({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: '102290129340398',
					changes: [
						{
							field: 'messages',
							value: {
								messaging_product: 'whatsapp',
								metadata: { display_phone_number: '573009998877', phone_number_id: '106540352242922' },
								contacts: [{ profile: { name: 'Laura 🌻' }, wa_id: '573001112233' }],
								messages: [
									{
										from: '573001112233',
										id: 'wamid.HBgMNTczMDAxMTEyMjMzFQIAEhggNkE=',
										timestamp: '1760000000',
										type: 'text',
										text: { body: 'Buenas tardes, ¿me podrían cotizar 15 portátiles?' },
									},
								],
							},
						},
					],
				},
			],
		}),
	);
	const signature = sign(body, secret);
	const taken = microseconds([body], 2_000, (bytes) => {
		if (!verifyMetaSignature(bytes, signature, secret)) throw new Error('A good signature was refused');
		return parseMetaWebhook(JSON.parse(bytes.toString('utf8')));
	});
	return median(taken);
}

/** Reading and simulating the past chats of a shop: the median of three times, after one to warm up. */
export function simulationCost(atLeast: number): { readonly milliseconds: number; readonly messages: number } {
	const profile = profiles.prosuministros;
	const files = chatsOfAShop(atLeast);
	let messages = 0;
	const taken = [0, 1, 2, 3].map(() => {
		const began = process.hrtime.bigint();
		const chats = files.map(({ title, text }) => ({
			title,
			messages: parseChatExport(text, { timeZone: profile.timeZone }).messages,
		}));
		({ messages } = simulateChats(chats, { profile }));
		return Number(process.hrtime.bigint() - began) / 1_000_000;
	});
	return { milliseconds: median(taken.slice(1)), messages };
}
