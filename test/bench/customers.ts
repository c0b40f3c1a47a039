import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { GraphSimulatorOptions } from '../simulators/graph/types';

/** Customers who write one message each as fast as they are heard, or at a pace of their own. */
export type Crowd =
	| {
			/** As many customers as connections write; each 200 lets the next one write. */
			readonly connections: number;
			readonly seconds: number;
	  }
	| {
			/** Customers write at this pace, heard or not. */
			readonly perSecond: number;
			readonly seconds: number;
	  };

/** Median, 99th percentile and worst, in milliseconds. */
export interface Waits {
	readonly p50: number;
	readonly p99: number;
	readonly worst: number;
}

/** What came of a crowd, after everybody was answered or nobody was for a while. */
export interface CrowdReport {
	readonly wrote: number;
	/** Messages whose POST got a 200. */
	readonly acknowledged: number;
	/** Messages that had to be delivered more than once. */
	readonly redelivered: number;
	readonly answered: number;
	/** Customers who got more than one answer. */
	readonly answeredTwice: number;
	/** POSTs that reached n8n: the messages, and the statuses of the answers. */
	readonly webhooks: number;
	/** From the first message to the last answer. */
	readonly seconds: number;
	/** From the POST of a message to its 200. */
	readonly acknowledgement: Waits;
	/** From the POST of a message to the accepted send of its answer. */
	readonly answer: Waits;
}

/** What the parent asks of the load process. */
export type LoadRequest =
	| { readonly ask: 'open'; readonly meta: GraphSimulatorOptions }
	| { readonly ask: 'point'; readonly url: string; readonly verify: boolean }
	| { readonly ask: 'crowd'; readonly crowd: Crowd; readonly patienceSeconds: number };

export interface LoadAnswers {
	readonly open: { readonly baseUrl: string };
	readonly point: undefined;
	readonly crowd: CrowdReport;
}

export type LoadReply =
	| { readonly id: number; readonly result: unknown }
	| { readonly id: number; readonly error: string };

/** Meta and the customers of one contestant, in a process of their own: n8n's event loop is not shared. */
export interface Customers {
	/** Base URL of their Graph API. */
	readonly baseUrl: string;
	/** Where their messages go from now on. `verify` performs Meta's handshake. */
	writeTo(url: string, verify: boolean): Promise<void>;
	/** Lets a crowd of new customers write, and waits until nobody is answered any more. */
	crowd(crowd: Crowd): Promise<CrowdReport>;
	leave(): Promise<void>;
}

/** Without an answer to anybody for this long, the rest is counted as unanswered. */
const PATIENCE_SECONDS = 20;

/** Starts the load process. It ends with this one. */
export async function inviteCustomers(meta: GraphSimulatorOptions): Promise<Customers> {
	const child = fork(join(__dirname, 'load.ts'), { execArgv: ['--import', 'tsx'] });
	const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
	let counter = 0;
	child.on('message', (reply: LoadReply) => {
		const waiter = waiting.get(reply.id);
		waiting.delete(reply.id);
		if ('error' in reply) waiter?.reject(new Error(reply.error));
		else waiter?.resolve(reply.result);
	});
	const ended = new Promise<void>((resolve) => {
		child.once('exit', (code, signal) => {
			for (const { reject } of waiting.values()) reject(new Error(`The load process ended (${signal ?? code})`));
			waiting.clear();
			resolve();
		});
	});
	const ask = <Request extends LoadRequest>(request: Request): Promise<LoadAnswers[Request['ask']]> =>
		new Promise((resolve, reject) => {
			counter += 1;
			waiting.set(counter, { resolve: (result) => resolve(result as LoadAnswers[Request['ask']]), reject });
			child.send({ id: counter, request });
		});

	const { baseUrl } = await ask({ ask: 'open', meta });
	return {
		baseUrl,
		writeTo: async (url, verify) => {
			await ask({ ask: 'point', url, verify });
		},
		crowd: async (crowd) => await ask({ ask: 'crowd', crowd, patienceSeconds: PATIENCE_SECONDS }),
		leave: async () => {
			child.disconnect();
			await ended;
		},
	};
}
