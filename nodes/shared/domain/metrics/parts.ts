/** What is counted by. `all` is everything together. */
const DIMENSIONS = ['all', 'channel', 'advisor', 'area', 'option', 'template', 'hour'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What the desk counts day by day; shares and averages are made of these. */
export type CountedName =
	| 'abandoned'
	| 'billed'
	| 'cases'
	| 'cases_closed'
	| 'collected'
	| 'conversations'
	| 'failed_messages'
	| 'first_response'
	| 'first_response_bot'
	| 'inbound_messages'
	| 'incomplete'
	| 'integration_errors'
	| 'leads'
	| 'links'
	| 'links_abandoned'
	| 'links_paid'
	| 'model_calls'
	| 'model_input'
	| 'model_output'
	| 'outbound_messages'
	| 'paid_leads'
	| 'refunded'
	| 'resolved_without_person'
	| 'retries'
	| 'revenue'
	| 'sla'
	| 'templates_clicked'
	| 'templates_delivered'
	| 'templates_read'
	| 'templates_sent'
	| 'won';

/** What one subject adds to one row of the daily figures. */
export interface Part {
	readonly day: string;
	readonly name: CountedName;
	readonly dimension: Dimension;
	readonly key: string;
	/** Currency of money, category of what is billed, name of a model. */
	readonly unit: string;
	readonly count: number;
	/** Seconds, hits, tokens, or money in ten-thousandths. */
	readonly sum: number;
}

/** The keys under which something is counted besides `all`; what is unknown is left out. */
export type CountedBy = Readonly<Partial<Record<Exclude<Dimension, 'all'>, string | null | undefined>>>;

export interface Addition {
	readonly day: string;
	readonly name: CountedName;
	readonly by?: CountedBy;
	readonly unit?: string;
	readonly count?: number;
	readonly sum?: number;
}

const rowOf = ({ day, name, dimension, key, unit }: Omit<Part, 'count' | 'sum'>): string =>
	JSON.stringify([day, name, dimension, key, unit]);

/** Adds up what falls on the same row. */
export class PartSum {
	private readonly rows = new Map<string, Part>();

	/** Counts something once in all, and once under each key that it has. */
	add({ day, name, by = {}, unit = '', count = 1, sum = 0 }: Addition): void {
		this.addPart({ day, name, dimension: 'all', key: '', unit, count, sum });
		for (const dimension of DIMENSIONS) {
			const key = dimension === 'all' ? undefined : by[dimension];
			if (key) this.addPart({ day, name, dimension, key, unit, count, sum });
		}
	}

	addPart(part: Part, sign: 1 | -1 = 1): void {
		const row = rowOf(part);
		const known = this.rows.get(row);
		this.rows.set(row, {
			...part,
			count: (known?.count ?? 0) + sign * part.count,
			sum: (known?.sum ?? 0) + sign * part.sum,
		});
	}

	/** Rows that something is left of, always in the same order. */
	parts(): Part[] {
		return [...this.rows]
			.filter(([, { count, sum }]) => count !== 0 || sum !== 0)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([, part]) => part);
	}
}
