import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startGraphSimulator, type GraphSimulator } from '../simulators/graph';
import { pressNode, type CredentialsOfTheTest } from '../support/engine';

const NODE = 'n8n-nodes-whatsapp-crm.whatsAppCloud';
const ACCOUNT = '2000';

let simulator: GraphSimulator;
let credentials: CredentialsOfTheTest;

beforeEach(async () => {
	simulator = await startGraphSimulator({
		appId: '1000',
		appSecret: 'app-signing-0123456789',
		accessToken: 'EAAtestaccess0123456789',
		seed: 7,
		numbers: [
			{
				wabaId: ACCOUNT,
				phoneNumberId: '106540352242922',
				displayPhoneNumber: '+57 300 111 2233',
				verifiedName: 'PROSUMINISTROS',
				country: 'CO',
			},
		],
	});
	credentials = {
		whatsAppCloudApi: {
			appId: '1000',
			appSecret: 'app-signing-0123456789',
			accessToken: 'EAAtestaccess0123456789',
			verifyToken: 'verify-0123456789',
			businessAccountId: ACCOUNT,
			baseUrl: simulator.baseUrl,
			messagesPerSecond: 1000,
		},
	};
});

afterEach(async () => await simulator.close());

async function press(operation: string, more: { mode?: 'manual' | 'trigger'; languages?: string[] } = {}) {
	const { mode = 'trigger', languages = ['es'] } = more;
	const parameters = { resource: 'template', operation, languages };
	return await pressNode({ node: NODE, mode, credentials, parameters });
}

const jsonOf = (items: readonly INodeExecutionData[] = []): IDataObject[] => items.map(({ json }) => json);
const creations = (): number =>
	simulator.ledger.requests.filter(({ method, path }) => method === 'POST' && path.includes('message_templates'))
		.length;

describe('O14: the starter set of message templates', () => {
	it('hands in what is missing, once: run again, everything is there', async () => {
		const first = await press('createStarterSet', { languages: ['es', 'pt_BR'] });
		expect(jsonOf(first.outputs[0])).toHaveLength(18);
		expect(new Set(jsonOf(first.outputs[0]).map(({ outcome }) => outcome))).toEqual(new Set(['created']));
		const again = await press('createStarterSet', { languages: ['es', 'pt_BR'] });
		expect(new Set(jsonOf(again.outputs[0]).map(({ outcome }) => outcome))).toEqual(new Set(['exists']));
		expect(creations()).toBe(18);
	});

	it('leaves a template of the business alone and says that its words are others', async () => {
		simulator.addTemplate({
			name: 'survey',
			language: 'es',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: '¿Qué tal te atendimos?' }],
		});
		const {
			outputs: [items],
		} = await press('createStarterSet');
		expect(jsonOf(items).find(({ name }) => name === 'survey')).toMatchObject({
			outcome: 'differs',
			message: 'Approved: it can be sent. Its words are others than ours: yours stay',
		});
		expect(creations()).toBe(8);
	});

	it('follows the set to its approval, with the reason of a rejection in words', async () => {
		simulator.addTemplate({
			name: 'survey',
			language: 'es',
			category: 'MARKETING',
			components: [],
			status: 'APPROVED',
		});
		simulator.addTemplate({ name: 'receipt', language: 'es', category: 'UTILITY', components: [], status: 'REJECTED' });
		const {
			outputs: [items],
		} = await press('getStarterSetStatus');
		const status = new Map(jsonOf(items).map((row) => [row.name, row]));

		expect(status.get('survey')).toMatchObject({ isReady: true, categoryChanged: true, ownWords: true });
		expect(status.get('receipt')).toMatchObject({ isReady: false, status: 'REJECTED' });
		expect(String(status.get('receipt')?.message)).toMatch(/^Rejected\. /);
		expect(status.get('opt_in')).toMatchObject({ status: 'MISSING', isReady: false, templateId: null });
	});

	it('pressed by hand it shows every request and hands in nothing', async () => {
		const {
			outputs: [items],
		} = await press('createStarterSet', { mode: 'manual' });
		expect(jsonOf(items)).toHaveLength(9);
		expect(jsonOf(items)[0]).toMatchObject({
			simulated: true,
			request: { method: 'POST', body: { name: 'advisor_notice', language: 'es', category: 'UTILITY' } },
		});
		expect(creations()).toBe(0);
	});

	it('says what is wrong with the token instead of nine refusals', async () => {
		simulator.revokeToken();
		const { error } = await press('createStarterSet');
		expect(error?.message).toContain('access token');
	});
});
