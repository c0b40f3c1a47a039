import type { IDataObject } from 'n8n-workflow';

import { linkProblem, type LinkProblem } from '../../shared/domain/wazzup/links';
import { whyUnreachable } from '../../shared/http/reach';
import { everybodysData } from '../../shared/n8n/everybodysData';
import { limitFields } from '../../shared/n8n/getMany';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { rowsByPage, rowsWanted } from '../entity/read';
import type { WazzupOperation } from '../services';

interface Linked {
	readonly kind: 'contact' | 'deal';
	readonly id: string;
	readonly name: string;
	readonly uri?: string;
}

/** Cards are usually on one server of the same company: a few questions at a time do it no harm. */
const AT_ONCE = 8;

/** Asks each address once, however many cards have it. */
async function unreachable(addresses: Iterable<string>): Promise<ReadonlyMap<string, string>> {
	const waiting = [...new Set(addresses)];
	const reasons = new Map<string, string>();
	const ask = async (): Promise<void> => {
		for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
			const reason = await whyUnreachable(address);
			if (reason !== undefined) reasons.set(address, reason);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, ask));
	return reasons;
}

const unreachableProblem = (reason: string): LinkProblem => ({
	kind: 'unreachable',
	message: `The link does not open: ${reason}`,
	description: 'Check that the address of the CRM is public, and that the card still exists.',
});

const item = ({ kind, id, name, uri }: Linked, problem: LinkProblem): IDataObject => ({
	kind,
	id,
	name,
	uri: uri ?? '',
	problem: problem.kind,
	message: problem.message,
	fix: problem.description,
});

export const checkLinks: WazzupOperation = {
	value: 'checkLinks',
	name: 'Check Links',
	action: 'Check links of contacts and deals',
	description: 'Say which names in Wazzup lead nowhere: links that are missing, wrong, too long or do not open',
	customerOf: everybodysData,
	properties: [
		{
			displayName: 'Of',
			name: 'of',
			type: 'options',
			options: [
				{ name: 'Contacts', value: 'contacts' },
				{ name: 'Contacts and Deals', value: 'both' },
				{ name: 'Deals', value: 'deals', description: 'What the Deals menu of the chat window opens' },
			],
			default: 'both',
			description: 'Whose links are checked',
		},
		...limitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Host',
					name: 'host',
					type: 'string',
					default: '',
					placeholder: 'e.g. crm.example.com',
					description: 'Where all links must lead: finds those from before the CRM moved',
				},
				{
					displayName: 'Open Links',
					name: 'open',
					type: 'boolean',
					default: true,
					description: 'Whether to ask each address if it answers',
				},
			],
		},
	],
	async execute(context, { client }) {
		const { host, open } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ host: optionalWords, open: optionalFlag }),
		);
		const of = parameter(context, 'of', 'Of', words);
		const wanted = rowsWanted(context);
		const rows: Linked[] = [];
		if (of !== 'deals') {
			const contacts = await rowsByPage(client.contacts.list, wanted);
			rows.push(...contacts.map(({ id, name, uri }) => ({ kind: 'contact' as const, id, name, uri })));
		}
		if (of !== 'contacts' && rows.length < wanted) {
			const deals = await rowsByPage(client.deals.list, wanted - rows.length);
			rows.push(...deals.map(({ id, name, uri }) => ({ kind: 'deal' as const, id, name, uri })));
		}
		const written = rows.map((row) => ({ row, problem: linkProblem(row.uri, host) }));
		const sound = written.flatMap(({ row: { uri }, problem }) => (problem === undefined && uri ? [uri.trim()] : []));
		const reasons = open === false ? new Map<string, string>() : await unreachable(sound);
		const wrong = written.flatMap(({ row, problem }) => {
			const reason = reasons.get(row.uri?.trim() ?? '');
			const found = problem ?? (reason === undefined ? undefined : unreachableProblem(reason));
			return found === undefined ? [] : [item(row, found)];
		});
		return wrong.length > 0 ? wrong : { checked: rows.length, wrong: 0 };
	},
};
