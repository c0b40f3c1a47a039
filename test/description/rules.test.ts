import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialType, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { CREDENTIAL_RULES } from '../support/description/credentialRules';
import type { DescribedCredential, DescribedNode } from '../support/description/described';
import { NODE_RULES } from '../support/description/nodeRules';
import {
	hasWrongFinalPeriod,
	isSentenceCase,
	isTitleCase,
	miscasedAbbreviation,
	outOfOrder,
} from '../support/description/words';

const iconFolder = mkdtempSync(path.join(tmpdir(), 'icons-'));
const drawing = (colour: string) => `<svg viewBox="0 0 60 60"><rect fill="${colour}"/></svg>`;

beforeAll(() => {
	writeFileSync(path.join(iconFolder, 'case.svg'), drawing('black'));
	writeFileSync(path.join(iconFolder, 'case.dark.svg'), drawing('white'));
	writeFileSync(path.join(iconFolder, 'same.svg'), drawing('black'));
	writeFileSync(path.join(iconFolder, 'oblong.svg'), '<svg viewBox="0 0 60 30"></svg>');
});

afterAll(() => rmSync(iconFolder, { recursive: true, force: true }));

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['case'] } },
	options: [
		{ name: 'Create', value: 'create', action: 'Create case', description: 'Open a case and give it a number' },
		{ name: 'Get Many', value: 'getAll', action: 'Get many cases', description: 'Retrieve a list of cases' },
	],
	default: 'create',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { operation: ['getAll'], returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

const advisorField: INodeProperties = {
	displayName: 'Advisor',
	name: 'advisor',
	type: 'resourceLocator',
	required: true,
	displayOptions: { show: { operation: ['create'] } },
	default: { mode: 'list', value: '' },
	description: 'Who takes care of the case',
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchAdvisors' } },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 0198c1' },
	],
};

const goodFields: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Case', value: 'case' },
			{ name: 'Metric', value: 'metric' },
		],
		default: 'case',
	},
	operationField,
	advisorField,
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: { show: { operation: ['getAll'] } },
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	limitField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{ displayName: 'Area', name: 'area', type: 'string', default: '', placeholder: 'e.g. Billing' },
			{ displayName: 'Order ID', name: 'orderId', type: 'string', default: '' },
		],
	},
];

const goodDescription: INodeTypeDescription = {
	displayName: 'Case',
	name: 'case',
	icon: { light: 'file:case.svg', dark: 'file:case.dark.svg' },
	group: ['transform'],
	version: 1,
	subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
	description: 'Open and follow the cases of customers',
	defaults: { name: 'Case' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	usableAsTool: true,
	properties: goodFields,
};

const methods: INodeType['methods'] = { listSearch: { searchAdvisors: async () => ({ results: [] }) } };

const described = (changes: Partial<INodeTypeDescription> = {}, more: Partial<DescribedNode> = {}): DescribedNode => ({
	node: { description: { ...goodDescription, ...changes }, methods },
	folder: iconFolder,
	codex: {
		node: 'n8n-nodes-whatsapp-crm.case',
		nodeVersion: '1.0',
		codexVersion: '1.0',
		categories: ['Sales'],
		alias: ['ticket'],
		resources: { primaryDocumentation: [{ url: 'https://example.com' }] },
	},
	...more,
});

/** The good node with one field changed. */
const withField = (name: string, changes: Partial<INodeProperties>): DescribedNode =>
	described({ properties: goodFields.map((field) => (field.name === name ? { ...field, ...changes } : field)) });

const withOption = (changes: Partial<INodeProperties>): DescribedNode =>
	withField('options', {
		options: [{ displayName: 'Area', name: 'area', type: 'string', default: '', ...changes }],
	});

const triggerChanges: Partial<INodeTypeDescription> = {
	name: 'wazzupTrigger',
	displayName: 'Wazzup Trigger',
	defaults: { name: 'Wazzup Trigger' },
	group: ['trigger'],
	version: 2,
	inputs: [],
	outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
	outputNames: ['Messages', 'Due'],
	properties: [],
	usableAsTool: undefined,
};

/** Names of the rules that a node breaks. */
const brokenRules = (node: DescribedNode): string[] =>
	NODE_RULES.filter(({ findings }) => findings(node).length > 0).map(({ rule }) => rule);

describe('the rules of the panel', () => {
	test('given a good node and a good trigger, no rule has anything to say', () => {
		const codex = { ...described().codex, node: 'n8n-nodes-whatsapp-crm.wazzupTrigger' };

		expect(NODE_RULES.flatMap(({ findings }) => findings(described()))).toEqual([]);
		expect(NODE_RULES.flatMap(({ findings }) => findings(described(triggerChanges, { codex })))).toEqual([]);
	});

	test.each<[string, DescribedNode, RegExp]>([
		['a name that is not in the design', described({ name: 'ticket' }), /those of the design/],
		['a field in lower case', withOption({ displayName: 'area of work' }), /Title Case/],
		['"Id" in a name', withOption({ displayName: 'Order Id' }), /Title Case/],
		[
			'an action with an article',
			withField('operation', {
				options: [{ name: 'Create', value: 'create', action: 'Create a case', description: 'X' }],
			}),
			/actions/,
		],
		[
			'an action in Title Case',
			withField('operation', {
				options: [{ name: 'Create', value: 'create', action: 'Create Case', description: 'X' }],
			}),
			/actions/,
		],
		[
			'an action that does not say what it acts on',
			withField('operation', {
				options: [{ name: 'Create', value: 'create', action: 'Create', description: 'X' }],
			}),
			/actions/,
		],
		['an operation by expression', withField('operation', { noDataExpression: false }), /fixed/],
		[
			'an operation named otherwise than its value',
			withField('operation', {
				options: [{ name: 'List', value: 'getAll', action: 'Get many cases', description: 'X' }],
			}),
			/vocabulary/,
		],
		['a switch without Whether', withField('returnAll', { description: 'Return all' }), /Whether/],
		['a placeholder without e.g.', withOption({ placeholder: 'Billing' }), /placeholders/],
		['a description in lower case', withOption({ description: 'the area' }), /descriptions/],
		['a description with a final period', withOption({ description: 'The area.' }), /descriptions/],
		[
			'a list out of order',
			withField('resource', {
				options: [
					{ name: 'Metric', value: 'metric' },
					{ name: 'Case', value: 'case' },
				],
			}),
			/alphabetical/,
		],
		['a collection with a name of its own', withField('options', { displayName: 'Extras' }), /collection/],
		['a limit of 100', withField('limit', { default: 100 }), /Limit of 50/],
		[
			'a list without Limit',
			described({ properties: goodFields.filter(({ name }) => name !== 'limit') }),
			/Limit of 50/,
		],
		[
			'a Simplify that is off',
			described({
				properties: [
					...goodFields,
					{
						displayName: 'Simplify',
						name: 'simplify',
						type: 'boolean',
						default: false,
						description: 'Whether to simplify',
					},
				],
			}),
			/Simplify/,
		],
		[
			'a list search that does not exist',
			{ ...described(), node: { description: goodDescription, methods: {} } },
			/list first/,
		],
		['no icon', described({ icon: undefined }), /icons/],
		['one icon for both', described({ icon: 'file:case.svg' }), /icons/],
		['an icon that is not there', described({ icon: { light: 'file:no.svg', dark: 'file:case.dark.svg' } }), /icons/],
		['the same icon twice', described({ icon: { light: 'file:case.svg', dark: 'file:same.svg' } }), /icons/],
		['an oblong icon', described({ icon: { light: 'file:case.svg', dark: 'file:oblong.svg' } }), /icons/],
		['no codex', described({}, { codex: undefined }), /found/],
		['a codex without alias', described({}, { codex: { ...described().codex, alias: [] } }), /found/],
		['a category of our own', described({}, { codex: { ...described().codex, categories: ['Chat'] } }), /found/],
		['an action that is no tool', described({ usableAsTool: undefined }), /tools/],
		['a trigger that is a tool', described({ ...triggerChanges, usableAsTool: true }), /tools/],
		['a bot that is a tool', described({ name: 'botConversation' }), /tools/],
		['no subtitle', described({ subtitle: undefined }), /subtitle/],
		[
			'two credentials without names',
			described({ credentials: [{ name: 'whatsAppCloudApi' }, { name: 'whatsAppCrmStoreApi' }] }),
			/credentials/,
		],
		[
			'a webhook with version 1',
			described({ webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'x' }] }),
			/version 1/,
		],
		[
			'a trigger whose last output is not Due',
			described({ ...triggerChanges, outputNames: ['Due', 'Messages'] }),
			/Due/,
		],
		['outputs by an expression', described({ outputs: '={{ ["main"] }}' }), /outputs/],
		['outputs in another order', described({ ...triggerChanges, name: 'whatsAppCloudTrigger' }), /outputs/],
		[
			'an option that does not exist as default',
			described({
				properties: [
					...goodFields,
					{ displayName: 'Kind', name: 'kind', type: 'options', default: 'x', options: [{ name: 'A', value: 'a' }] },
				],
			}),
			/chosen at first/,
		],
		[
			'a field that is shown twice',
			described({
				properties: [...goodFields, { displayName: 'Limit', name: 'resource', type: 'string', default: '' }],
			}),
			/without issues/,
		],
		[
			'a credential test that does not exist',
			described({ credentials: [{ name: 'storeApi', testedBy: 'testStore' }] }),
			/tested credentials/,
		],
	])('given %s, the rule says so', (_defect, node, rule) => {
		expect(brokenRules(node)).toEqual(expect.arrayContaining([expect.stringMatching(rule)]));
	});
});

describe('the rules of credentials', () => {
	const goodCredential: ICredentialType = {
		name: 'stripePaymentsApi',
		displayName: 'Stripe Payments API',
		documentationUrl: 'https://example.com',
		icon: { light: 'file:case.svg', dark: 'file:case.dark.svg' },
		test: { request: { url: 'https://example.com' } },
		properties: [
			{ displayName: 'Secret Key', name: 'secretKey', type: 'string', typeOptions: { password: true }, default: '' },
			{
				displayName: 'Base URL',
				name: 'baseUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://api.stripe.com',
			},
		],
	};
	const credential = (changes: Partial<ICredentialType> = {}): DescribedCredential => ({
		credential: { ...goodCredential, ...changes } as ICredentialType,
		folder: iconFolder,
		nodes: [{ description: { ...goodDescription, credentials: [{ name: 'stripePaymentsApi' }] } }],
	});
	const broken = (described: DescribedCredential): string[] =>
		CREDENTIAL_RULES.filter(({ findings }) => findings(described).length > 0).map(({ rule }) => rule);

	test('given a good credential, no rule has anything to say', () => {
		expect(broken(credential())).toEqual([]);
	});

	test.each<[string, Partial<ICredentialType>, RegExp]>([
		['a name without Api', { name: 'stripe' }, /names end/],
		['no test', { test: undefined }, /can test/],
		['no documentation', { documentationUrl: undefined }, /documentation/],
		['no icon', { icon: undefined }, /icons/],
		[
			'a secret in clear',
			{ properties: [{ displayName: 'Token', name: 'token', type: 'string', default: '' }] },
			/blind/,
		],
		[
			'a secret with a default',
			{
				properties: [
					{ displayName: 'Token', name: 'token', type: 'string', typeOptions: { password: true }, default: 'x' },
				],
			},
			/no default/,
		],
		[
			'a field in lower case',
			{ properties: [{ displayName: 'base address', name: 'x', type: 'string', default: '' }] },
			/read like/,
		],
	])('given %s, the rule says so', (_defect, changes, rule) => {
		expect(broken(credential(changes))).toEqual(expect.arrayContaining([expect.stringMatching(rule)]));
	});
});

describe('the words of the interface', () => {
	test.each([
		['Send Template Message', true],
		['Create or Update', true],
		['Bot With a Name', true],
		['es_CO', true],
		['WhatsApp CRM', true],
		['Max number', false],
		['the Case', false],
	])('Title Case of "%s": %s', (text, expected) => expect(isTitleCase(text)).toBe(expected));

	test.each([
		['Send template message', true],
		['Get many WhatsApp messages', true],
		['Get SLA of case', true],
		['Send Template message', false],
		['send message', false],
	])('sentence case of "%s": %s', (text, expected) => expect(isSentenceCase(text)).toBe(expected));

	test.each([
		['One sentence', false],
		['One sentence.', true],
		['Two. Sentences', true],
		['Two. Sentences.', false],
		['Accepts a list, e.g. Ana', false],
		['To be continued...', false],
	])('wrong final period of "%s": %s', (text, expected) => expect(hasWrongFinalPeriod(text)).toBe(expected));

	test('abbreviations keep their capitals', () => {
		expect(['Order Id', 'Order ID', 'Idle', 'Base Url'].map(miscasedAbbreviation)).toEqual([
			'Id',
			undefined,
			undefined,
			'Url',
		]);
	});

	test('order ignores case and counts numbers', () => {
		expect(outOfOrder(['a', 'B', 'c', 'Item 2', 'Item 10'])).toBeUndefined();
		expect(outOfOrder(['b', 'a'])).toBe('a');
	});
});
