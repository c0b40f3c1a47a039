/**
 * The inbox under load: the pages of 50 people who see everything, open over real HTTP, while customers write and the bot
 * answers them. What a page hears, and how late; what the open pages cost the bot; what n8n's memory does meanwhile.
 */
import { readFileSync } from 'node:fs';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { loginLinksFor, type TeamMember } from '../support/host/inboxTeam';
import { publishing } from '../support/host/profileChange';
import { startServiceDesk, type DeskClient, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';

export interface InboxLoadOptions {
	readonly pages: number;
	readonly messagesPerMinute: number;
	/** How long the customers write with every page closed, to compare with. */
	readonly closedSeconds: number;
	/** How long they write with every page open. */
	readonly openSeconds: number;
	readonly narrate: (line: string) => void;
}

/** Median, 95th percentile and worst, in milliseconds. */
export interface Spread {
	readonly p50: number;
	readonly p95: number;
	readonly worst: number;
}

/** What came of customers who wrote at a steady pace. */
interface Wave {
	readonly wrote: number;
	readonly answered: number;
	readonly answer: Spread;
}

export interface InboxLoadReport {
	readonly pages: number;
	readonly messagesPerMinute: number;
	readonly seconds: number;
	/** From a customer's message to its conversation on a page; each page counts. */
	readonly pageUpdate: Spread;
	/** Conversations that some page never heard of. */
	readonly missed: number;
	readonly closed: Wave;
	readonly open: Wave;
	/** Events that all pages heard together. */
	readonly events: number;
	/** Resident memory of n8n, MB: when the pages had been open for a fifth of the time, and at the end. Linux only. */
	readonly memory?: { readonly early: number; readonly late: number };
}

function spreadOf(unordered: readonly number[]): Spread {
	const ordered = Float64Array.from(unordered).sort();
	const at = (part: number): number => ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * part))] ?? 0;
	return { p50: at(0.5), p95: at(0.95), worst: at(1) };
}

const median = (values: readonly number[]): number => spreadOf(values).p50;

function residentMegabytes(pid: number): number | undefined {
	if (process.platform !== 'linux') return undefined;
	const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
}

/** Follows a login link as a browser does, from an address of its own; the session's cookie. */
async function session(link: string, place: number): Promise<string> {
	const [address = '', token = ''] = link.split('#enlace=');
	return await eventually(
		'a login',
		async () => {
			const answer = await fetch(address, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					origin: new URL(address).origin,
					'x-forwarded-for': `10.0.${Math.floor(place / 250)}.${(place % 250) + 1}`,
				},
				body: JSON.stringify({ setPassword: { token, password: 'cuatro palabras faciles 9' } }),
			});
			if (answer.status === 204) return answer.headers.getSetCookie()[0]?.split(';')[0];
			throw new Error(`${answer.status} ${await answer.text()}`);
		},
		// So many people at once are asked to wait a moment.
		{ within: 60_000, every: 500 },
	);
}

/** An open page, as far as the server knows: a stream that is read. */
class OpenPage {
	events = 0;
	/** When this page first heard of a customer, by their name. */
	readonly heardAt = new Map<string, number>();
	private request: ClientRequest | undefined;

	async open(address: string, cookie: string): Promise<void> {
		const stream = await new Promise<IncomingMessage>((resolve, reject) => {
			this.request = get(`${address}?updates`, { agent: false, headers: { cookie } }, resolve).once('error', reject);
		});
		if (stream.statusCode !== 200) throw new Error(`A page could not be opened: ${stream.statusCode}`);
		let rest = '';
		stream.setEncoding('utf8');
		// The server ends the stream, or we do.
		stream.on('error', () => undefined);
		stream.on('data', (chunk: string) => {
			const parts = (rest + chunk).split('\n\n');
			rest = parts.pop() ?? '';
			const now = performance.now();
			for (const part of parts) {
				if (!part.includes('data: ')) continue;
				this.events += 1;
				const [, name] = /"contactName":"(Cliente \d+)"/.exec(part) ?? [];
				if (name !== undefined && !this.heardAt.has(name)) this.heardAt.set(name, now);
			}
		});
	}

	close(): void {
		this.request?.destroy();
	}
}

let people = 0;

/** New customers write at a steady pace, heard or not, and wait for their answer. */
async function wave({ simulator }: DeskClient, perMinute: number, seconds: number) {
	const total = Math.round((perMinute / 60) * seconds);
	const written = new Map<string, { readonly waId: string; readonly at: number }>();
	const began = performance.now();
	while (written.size < total) {
		const due = Math.min(total, Math.floor(((performance.now() - began) / 60_000) * perMinute));
		while (written.size < due) {
			people += 1;
			const [name, waId] = [`Cliente ${people}`, `57301${String(people).padStart(7, '0')}`];
			written.set(name, { waId, at: performance.now() });
			simulator.customer({ waId, profileName: name }).text('hola');
		}
		await sleep(10);
	}
	const answeredAt = new Map<string, number>();
	await eventually(
		'the last answers',
		() => {
			for (const { to, at } of simulator.ledger.sends) {
				const waId = to.replace(/^\+/, '');
				// The ledger's clock is the wall's, ours is not: the difference between them is the same for all.
				if (!answeredAt.has(waId)) answeredAt.set(waId, at - Date.now() + performance.now());
			}
			return [...written.values()].every(({ waId }) => answeredAt.has(waId)) ? true : undefined;
		},
		{ within: 60_000, every: 200 },
	).catch(() => undefined);
	const waits = [...written.values()].flatMap(({ waId, at }) => {
		const answered = answeredAt.get(waId);
		return answered === undefined ? [] : [answered - at];
	});
	return { written, report: { wrote: written.size, answered: waits.length, answer: spreadOf(waits) } };
}

async function openPages(desk: ServiceDesk, address: string, count: number): Promise<readonly OpenPage[]> {
	const team = Array.from(
		{ length: count },
		(_, place): TeamMember => ({
			name: `Supervisora ${String.fromCharCode(65 + (place % 26))}${String.fromCharCode(97 + Math.floor(place / 26))}`,
			role: 'supervisor',
			areas: 'sales',
			email: `supervisora${place}@prosuministros.example`,
		}),
	);
	const links = await loginLinksFor(desk.n8n, team);
	const pages: OpenPage[] = [];
	for (const [place, link] of links.entries()) {
		const page = new OpenPage();
		await page.open(address, await session(link, place));
		pages.push(page);
	}
	return pages;
}

/** Measures the inbox under load on a desk of its own. */
export async function inboxLoad(options: InboxLoadOptions): Promise<InboxLoadReport> {
	const { pages: count, messagesPerMinute, closedSeconds, openSeconds, narrate } = options;
	narrate(`The inbox: starting a desk for ${count} pages`);
	const desk = await startServiceDesk({
		templates: [
			shippedTemplate('setup.json'),
			// The time in which a real bot waits for more words would hide what the pages cost.
			publishing({ answerDelayMs: 0 }, 'Sin espera'),
			shippedTemplate('customer-service-bot.json'),
			shippedTemplate('advisor-inbox.json'),
		],
		simulator: { record: 'sends', pairRate: false },
		// Everybody comes from an address of their own, as behind a proxy.
		n8n: { env: { N8N_PROXY_HOPS: '1' } },
	});
	try {
		return await desk.explain(async () => {
			const [client] = desk.clients;
			const { inboxUrl } = client;
			const pid = desk.n8n.processes[0]?.pid;
			if (inboxUrl === undefined || pid === undefined) throw new Error('The inbox is not open');
			await wave(client, messagesPerMinute, Math.min(10, closedSeconds));
			narrate(`  ${messagesPerMinute} messages a minute, no page open, for ${closedSeconds} s`);
			const closed = await wave(client, messagesPerMinute, closedSeconds);
			const pages = await openPages(desk, inboxUrl, count);
			narrate(`  ${messagesPerMinute} messages a minute, ${count} pages open, for ${openSeconds} s`);
			const memory: number[] = [];
			const watch = setInterval(() => {
				const megabytes = residentMegabytes(pid);
				if (megabytes !== undefined) memory.push(megabytes);
			}, 1_000);
			const open = await wave(client, messagesPerMinute, openSeconds);
			clearInterval(watch);
			await sleep(2_000);
			const waits: number[] = [];
			let missed = 0;
			for (const [name, { at }] of open.written) {
				const heard = pages.flatMap(({ heardAt }) => heardAt.get(name) ?? []);
				if (heard.length < pages.length) missed += 1;
				for (const heardAt of heard) waits.push(heardAt - at);
			}
			for (const page of pages) page.close();
			const fifth = Math.max(1, Math.floor(memory.length / 5));
			return {
				pages: count,
				messagesPerMinute,
				seconds: openSeconds,
				pageUpdate: spreadOf(waits),
				missed,
				closed: closed.report,
				open: open.report,
				events: pages.reduce((sum, { events }) => sum + events, 0),
				...(memory.length === 0
					? {}
					: {
							memory: {
								early: Math.round(median(memory.slice(fifth, 2 * fifth))),
								late: Math.round(median(memory.slice(-fifth))),
							},
						}),
			};
		});
	} finally {
		await desk.stop();
	}
}
