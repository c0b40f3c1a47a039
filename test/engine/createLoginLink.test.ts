import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { setPasswordByLink } from '../../nodes/shared/usecases/inbox/loginLink';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { pressNode, type PressOutcome } from '../support/engine';
import { InboxDesk } from '../support/inboxDesk';

const INBOX = 'https://n8n.example.com/webhook/1/inbox';

let desk: InboxDesk;
let advisorId = '';

beforeEach(async () => {
	desk = await new InboxDesk().open();
	const { advisor } = await saveAdvisor(desk.store, { name: 'Carolina Rojas', role: 'administrator' }, 'workflow');
	advisorId = advisor.id;
});

afterEach(async () => {
	await desk.close();
});

async function press(
	parameters: INodeParameters = {},
	mode: WorkflowExecuteMode = 'trigger',
	advisor = advisorId,
): Promise<PressOutcome> {
	return await pressNode({
		node: WhatsAppCrm,
		mode,
		parameters: {
			resource: 'advisor',
			operation: 'createLoginLink',
			advisor: { __rl: true, mode: 'id', value: advisor },
			...parameters,
		},
		inputItems: [{ json: {} }],
		credentials: desk.given().credentials,
	});
}

const jsonOf = ({ outputs }: PressOutcome): IDataObject | undefined => outputs[0]?.[0]?.json;
const tokenIn = (url: unknown): string => new URL(String(url)).hash.replace('#enlace=', '');
const links = async () => await desk.store.db.selectFrom('login_links').select('token_hash').execute();

test('the link is for the inbox that was activated, and opens it once', async () => {
	await saveInboxAddress(desk.store.db, 'acme', { url: INBOX, webhookId: '1' });
	const made = jsonOf(await press());
	expect(made).toMatchObject({ advisorId, name: 'Carolina Rojas', role: 'administrator' });
	expect(String(made?.url)).toMatch(/^https:\/\/n8n\.example\.com\/webhook\/1\/inbox#enlace=[\w-]{43}$/);
	const request = { token: tokenIn(made?.url), password: 'cuatro palabras faciles 9', address: '127.0.0.1' };
	expect(await setPasswordByLink(desk.store, request)).toMatch(/^[\w-]{43}$/);
	await expect(setPasswordByLink(desk.store, request)).rejects.toThrow('This link does not work (any more)');
});

test('an address that is given wins, without what a link must not carry', async () => {
	const made = jsonOf(await press({ options: { address: 'https://desk.example.com/crm/inbox?x=1#y' } }));
	expect(String(made?.url)).toMatch(/^https:\/\/desk\.example\.com\/crm\/inbox#enlace=/);
});

test('U3: by hand no link is made, unless the person says so', async () => {
	await saveInboxAddress(desk.store.db, 'acme', { url: INBOX, webhookId: '1' });
	expect(jsonOf(await press({}, 'manual'))).toMatchObject({ simulated: true, url: INBOX });
	expect(await links()).toEqual([]);
	const made = jsonOf(await press({ saveByHand: true }, 'manual'));
	expect(made?.simulated).toBeUndefined();
	expect(await links()).toHaveLength(1);
});

test.each([
	['nobody knows the address', {}, undefined, /'Inbox Address' is not known yet/],
	['the address is none', { options: { address: 'inbox' } }, undefined, /'Inbox Address' cannot be used/],
	[
		'the address is not encrypted',
		{ options: { address: 'http://desk.example.com/inbox' } },
		undefined,
		/not encrypted/,
	],
	['there is no such person', { options: { address: INBOX } }, 'nobody', /There is no advisor 'nobody'/],
] as const)('%s: said in words, and nothing is made', async (_what, parameters, advisor, words) => {
	const outcome = await press({ ...parameters } as INodeParameters, 'trigger', advisor ?? advisorId);
	expect(outcome.error?.message).toMatch(words);
	expect(await links()).toEqual([]);
});
