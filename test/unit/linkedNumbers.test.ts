import { chooseNumber, type OfferedNumber } from '../../nodes/shared/domain/linkedNumbers/chooseNumber';
import {
	LINKING_PROBLEMS,
	problemOfDialog,
	problemOfDisconnection,
} from '../../nodes/shared/domain/linkedNumbers/problems';
import { LANGUAGES } from '../../nodes/shared/domain/profile/businessProfile';
import { linkingProblemInWords } from '../../nodes/shared/text/linkingProblems';
import { receiverUrl } from '../../nodes/shared/usecases/linkedNumbers/receiver';

const number = (suffix: string, onBusinessApp = true): OfferedNumber => ({
	phoneNumberId: `88${suffix}`,
	wabaId: '77',
	displayPhoneNumber: `+57 311 555 ${suffix}`,
	onBusinessApp,
});

describe('P4: which of the shared numbers is the advisor’s', () => {
	it.each([
		['the only one of the app', [number('0001'), number('0002', false)], {}, '880001'],
		['the one that is named', [number('0001'), number('0002')], { phoneNumberId: '880002' }, '880002'],
		[
			'the advisor’s telephone, however it is written',
			[number('0001'), number('0002')],
			{ advisorPhone: '+573115550002' },
			'880002',
		],
	])('%s', (_case, offered, wish, expected) => {
		expect(chooseNumber(offered, wish)).toMatchObject({ kind: 'chosen', number: { phoneNumberId: expected } });
	});

	it.each([
		['nothing is shared', [], {}, 'none'],
		['the named one is not among them', [number('0001')], { phoneNumberId: '1' }, 'none'],
		['none is in the app', [number('0001', false)], {}, 'not_on_app'],
		['nobody can tell', [number('0001'), number('0002')], { advisorPhone: '+573000000000' }, 'several'],
		['the advisor has no telephone on record', [number('0001'), number('0002')], { advisorPhone: '' }, 'several'],
	])('not chosen: %s', (_case, offered, wish, kind) => {
		expect(chooseNumber(offered, wish).kind).toBe(kind);
	});
});

describe('P4: every problem says what happened and what to do', () => {
	it.each(LINKING_PROBLEMS.flatMap((problem) => LANGUAGES.map((language) => [problem, language] as const)))(
		'%s in %s',
		(problem, language) => {
			const { message, description } = linkingProblemInWords(problem, language, undefined);
			expect(message).toMatch(/^\p{Lu}.{9,}[^.]$/u);
			expect(description).toMatch(/^\p{Lu}.{9,}[.]$/u);
			const quoted = language === 'en' ? '“code 7”' : '«code 7»';
			expect(linkingProblemInWords(problem, language, 'code 7').description).toBe(`${description} (Meta: ${quoted})`);
		},
	);

	it.each([
		[{ code: 'access_denied', reason: 'user_denied' }, 'cancelled'],
		[{ code: 'server_error', description: 'App not active: …' }, 'app_not_live'],
		[{ code: 'server_error', description: 'something else' }, 'dialog_refused'],
		[{}, 'dialog_refused'],
	])('Meta’s dialog: %j is %s', (error, problem) => {
		expect(problemOfDialog(error)).toBe(problem);
	});

	it.each([
		['PARTNER_REMOVED', 'ACCOUNT_DISCONNECTED', 'unlinked_on_phone'],
		['ACCOUNT_OFFBOARDED', 'PRIMARY_INACTIVITY', 'inactive'],
		['ACCOUNT_OFFBOARDED', 'COMPANION_INACTIVITY', 'inactive'],
		['PARTNER_REMOVED', 'CHANGE_NUMBER', 'number_changed'],
		['PARTNER_REMOVED', 'BUSINESS_DOWNGRADE', 'account_closed'],
		['ACCOUNT_DELETED', undefined, 'account_closed'],
		['PARTNER_REMOVED', undefined, 'unlinked_on_phone'],
	])('the end of a link: %s for %s is %s', (event, reason, problem) => {
		expect(problemOfDisconnection(event, reason)).toBe(problem);
	});
});

it.each([
	['https://n8n.example.com/webhook/in-box/inbox', 'https://n8n.example.com/webhook/trig/whatsapp'],
	['https://example.com/n8n/hooks/in-box/inbox', 'https://example.com/n8n/hooks/trig/whatsapp'],
	['https://bandeja.example.com/', undefined],
])('the trigger beside the inbox at %s', (inbox, expected) => {
	expect(receiverUrl(inbox, 'in-box', 'trig')).toBe(expected);
});
