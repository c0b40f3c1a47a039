import type { IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

import { comesFromElsewhere, readBytes } from '../graph/requestReader';
import type { WazzupSimulator } from './wazzupSimulator';

const who = z.object({
	channelId: z.string(),
	chatId: z.string(),
	chatType: z.string().optional(),
	name: z.string().optional(),
});
const orders = {
	say: who.extend({ text: z.string() }),
	advisor: who.extend({
		text: z.string(),
		from: z.enum(['window', 'phone']).optional(),
		userId: z.string().optional(),
	}),
	contact: z.object({
		responsibleUserId: z.string(),
		name: z.string(),
		contactData: z.array(z.object({ chatType: z.string(), chatId: z.string() })),
		source: z.enum(['auto', 'byUser']).default('auto'),
	}),
	deal: z.object({
		responsibleUserId: z.string(),
		contacts: z.array(z.string()),
		source: z.enum(['auto', 'byUser']).default('byUser'),
	}),
	status: z.object({
		messageId: z.string(),
		status: z.string(),
		error: z.object({ error: z.string(), description: z.string() }).optional(),
	}),
	channel: z.object({ channelId: z.string(), state: z.string() }),
	template: z.object({ templateGuid: z.string(), status: z.string() }),
	fault: z.object({
		on: z.string(),
		kind: z.union([
			z.literal(401),
			z.literal(403),
			z.literal(429),
			z.literal(500),
			z.literal(502),
			z.enum(['hang', 'reset', 'garbage']),
		]),
		applied: z.boolean().optional(),
		times: z.number().optional(),
		skip: z.number().optional(),
	}),
	webhookFaults: z.object({ copies: z.number().optional(), reorder: z.boolean().optional() }),
};

/**
 * Drives a simulator that runs in another process:
 * - `GET /simulator/account`: everything in it, with what was asked and told; `/figures`: only how many.
 * - `POST /simulator/say {channelId, chatId, text}`, `/advisor {…, from?}`, `/contact`, `/deal`, `/status`, `/channel`,
 *   `/template`: what happens at Wazzup; each answers with what the webhook answered.
 * - `POST /simulator/fault`, `/webhook-faults`, `/clear`.
 */
export function remoteControl(simulatorOf: () => WazzupSimulator) {
	const actions: Readonly<Partial<Record<string, (body: unknown) => unknown>>> = {
		'GET account': () => {
			const { account } = simulatorOf();
			return {
				webhooksUri: account.webhooksUri,
				subscriptions: account.subscriptions,
				channels: [...account.channels.values()],
				users: [...account.users.values()],
				contacts: [...account.contacts.values()],
				deals: [...account.deals.values()],
				pipelines: [...account.pipelines.values()],
				chats: [...account.chats.values()],
				requests: account.requests,
				webhookAttempts: account.webhookAttempts,
			};
		},
		'GET figures': () => {
			const { users, contacts, deals, requests } = simulatorOf().account;
			return {
				users: users.size,
				contacts: contacts.size,
				deals: deals.size,
				requests: Object.entries(Object.groupBy(requests, ({ method, path }) => `${method} ${path}`)).map(
					([operation, of = []]) => ({ operation, count: of.length }),
				),
				refusedForTheRate: requests.filter(({ status }) => status === 429).length,
			};
		},
		'POST say': async (body) => {
			const order = orders.say.parse(body);
			const { messageId, delivered } = simulatorOf().person(order).text(order.text);
			return { messageId, ...(await delivered) };
		},
		'POST advisor': async (body) => {
			const order = orders.advisor.parse(body);
			const simulator = simulatorOf();
			const { messageId, delivered } = simulator.advisorWrites(simulator.person(order).chat, order.text, order);
			return { messageId, ...(await delivered) };
		},
		'POST contact': async (body) => await simulatorOf().events.createContact(orders.contact.parse(body)),
		'POST deal': async (body) => await simulatorOf().events.createDeal(orders.deal.parse(body)),
		'POST status': async (body) => {
			const { messageId, status, error } = orders.status.parse(body);
			return await simulatorOf().events.status(messageId, status, error);
		},
		'POST channel': async (body) => {
			const { channelId, state } = orders.channel.parse(body);
			return await simulatorOf().events.channel(channelId, state);
		},
		'POST template': async (body) => {
			const { templateGuid, status } = orders.template.parse(body);
			return await simulatorOf().events.template(templateGuid, status);
		},
		'POST fault': (body) => {
			simulatorOf().faults.inject(orders.fault.parse(body));
			return { success: true };
		},
		'POST webhook-faults': (body) => {
			simulatorOf().faults.webhooks(orders.webhookFaults.parse(body));
			return { success: true };
		},
		'POST clear': () => {
			simulatorOf().account.clearRecords();
			return { success: true };
		},
	};
	return async (message: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		if (!message.url?.startsWith('/simulator/')) return false;
		if (comesFromElsewhere(message)) {
			response.writeHead(403).end();
			return true;
		}
		const name = new URL(message.url, 'http://127.0.0.1').pathname.slice('/simulator/'.length);
		const action = actions[`${message.method ?? 'GET'} ${name}`];
		const bytes = await readBytes(message);
		const reply = (status: number, result: unknown): true => {
			response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(result));
			return true;
		};
		if (action === undefined) return reply(404, { error: 'There is no such command.' });
		try {
			return reply(200, await action(bytes.byteLength > 0 ? JSON.parse(bytes.toString('utf8')) : undefined));
		} catch (error) {
			return reply(400, { error: error instanceof Error ? error.message : String(error) });
		}
	};
}
