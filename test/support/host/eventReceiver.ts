import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import type { Clock } from './clock';
import { projectRoot } from './folders';

export interface ReceivedEvent {
	readonly type: string;
	readonly id: string;
	/** What the recipe of the documentation says of its signature. */
	readonly isProven: boolean;
	readonly body: Readonly<Record<string, unknown>>;
	/** The bytes and the header that it was proven by. */
	readonly text: string;
	readonly signature: string;
}

/** Another system that business events are delivered to. */
export interface EventReceiver {
	readonly url: string;
	readonly received: readonly ReceivedEvent[];
	/** The signing secret, once there is one. */
	secret: string;
	stop(): Promise<void>;
}

type Recipe = (body: string, header: string, secret: string) => boolean;

/** The function that workflows/README.md gives to whoever receives events, as it stands there. */
export function documentedRecipe(clock: Clock): Recipe {
	const guide = readFileSync(join(projectRoot, 'workflows', 'README.md'), 'utf8');
	const [, code] = /```js\nimport [^\n]*\n([^]*?function isOurs[^]*?)```/u.exec(guide) ?? [];
	if (code === undefined) throw new Error('workflows/README.md has no recipe for a signature');
	const around = { createHmac, timingSafeEqual, Buffer, Date: { now: clock.now } };
	return runInNewContext(`${code}; isOurs`, around) as Recipe;
}

/** Listens on this machine only. */
export async function startEventReceiver(clock: Clock): Promise<EventReceiver> {
	const isOurs = documentedRecipe(clock);
	const received: ReceivedEvent[] = [];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const text = Buffer.concat(parts).toString('utf8');
			const signature = String(request.headers['whatsapp-crm-signature']);
			const body = JSON.parse(text) as Record<string, unknown>;
			received.push({
				type: String(body.type),
				id: String(request.headers['idempotency-key']),
				isProven: isOurs(text, signature, receiver.secret),
				body,
				text,
				signature,
			});
			response.writeHead(204).end();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const receiver: EventReceiver = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/eventos`,
		received,
		secret: '',
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
	return receiver;
}
