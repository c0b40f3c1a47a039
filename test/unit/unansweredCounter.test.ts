import { readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { RequestFailure } from '../../nodes/shared/http/failure';
import { followUnanswered, type CounterClient } from '../../nodes/shared/usecases/wazzup/unansweredCounter';

const SECOND = 1_000;

describe('the counter of unanswered chats (W6)', () => {
	let asked: string[];
	let waiting: Record<string, number>;
	let failure: Error | undefined;
	let logged: string[];
	let leaving: Array<() => void>;
	let accounts = 0;
	let client: CounterClient;

	beforeEach(() => {
		jest.useFakeTimers({ now: Date.parse('2026-03-10T15:00:00Z') });
		[asked, waiting, failure, logged, leaving] = [[], { laura: 1, pedro: 0 }, undefined, [], []];
		accounts += 1;
		client = {
			credential: readWazzupCredential({ apiKey: `account ${accounts}` }),
			getUnanswered: async (userId) => {
				asked.push(userId);
				if (failure) throw failure;
				return await Promise.resolve({ count: waiting[userId] ?? 0, raw: {} });
			},
		};
	});

	afterEach(() => {
		for (const leave of leaving) leave();
		expect(jest.getTimerCount()).toBe(0);
		jest.useRealTimers();
	});

	function open(userId: string) {
		const told: number[] = [];
		const { wake, leave } = followUnanswered(client, { userId, tell: (count) => told.push(count) }, (message) =>
			logged.push(message),
		);
		leaving.push(leave);
		return { told, wake, leave };
	}
	const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

	it('is asked at once for the first page, and is told to later pages without asking again', async () => {
		const first = open('laura');
		await pass(0);
		const second = open('laura');
		await pass(SECOND);
		expect([first.told, second.told]).toEqual([[1], [1]]);
		expect(asked).toEqual(['laura']);
	});

	it('however much happens it is asked every 15 seconds at most, once an advisor', async () => {
		const pages = [open('laura'), open('laura'), open('pedro')];
		await pass(0);
		for (let second = 0; second < 60; second += 1) {
			for (const { wake } of pages) wake();
			await pass(SECOND);
		}
		expect(asked.filter((userId) => userId === 'laura')).toHaveLength(5);
		expect(asked.filter((userId) => userId === 'pedro')).toHaveLength(5);
	});

	it('an advisor who comes later is asked for at once, and not again by every page that they open', async () => {
		open('laura');
		await pass(SECOND);
		const pedro = open('pedro');
		await pass(0);
		expect([pedro.told, asked]).toEqual([[0], ['laura', 'pedro']]);
		failure = new RequestFailure({ vendor: 'wazzup', kind: 'rejected', message: 'USER_NOT_FOUND' });
		for (let page = 0; page < 5; page += 1) open('stranger');
		await pass(SECOND);
		expect(asked).toEqual(['laura', 'pedro', 'stranger']);
	});

	it('tells what is another number, and says nothing of what is the same', async () => {
		const { told, wake } = open('laura');
		await pass(0);
		wake();
		await pass(15 * SECOND);
		expect(told).toEqual([1]);
		waiting = { laura: 3 };
		wake();
		await pass(15 * SECOND);
		expect(told).toEqual([1, 3]);
	});

	it('while nothing is heard it is asked once a minute, and not at all without a page', async () => {
		const { leave } = open('laura');
		await pass(0);
		await pass(120 * SECOND);
		expect(asked).toHaveLength(3);
		leave();
		await pass(600 * SECOND);
		expect(asked).toHaveLength(3);
	});

	it('a Wazzup that fails leaves the number as it was, says so in the log and is asked again', async () => {
		const { told } = open('laura');
		await pass(0);
		failure = new RequestFailure({ vendor: 'wazzup', kind: 'temporary', message: 'Wazzup failed for now' });
		await pass(60 * SECOND);
		expect([told, logged]).toEqual([[1], ['Wazzup failed for now']]);
		[failure, waiting] = [undefined, { laura: 2 }];
		await pass(60 * SECOND);
		expect(told).toEqual([1, 2]);
	});

	it('an advisor that Wazzup does not know has no number, and nobody hears of an error', async () => {
		failure = new RequestFailure({ vendor: 'wazzup', kind: 'rejected', message: 'USER_NOT_FOUND' });
		const { told } = open('stranger');
		await pass(SECOND);
		expect([told, logged]).toEqual([[], []]);
	});
});
