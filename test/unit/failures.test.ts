import { STANDARD_ERRORS, ERROR_TABLE as STRIPE } from '../../nodes/shared/clients/stripe/errorTable';
import { explainWazzupUndelivered } from '../../nodes/shared/clients/wazzup/undelivered';
import { ERROR_TABLE as WAZZUP } from '../../nodes/shared/clients/wazzup/errorTable';
import {
	explainUndelivered,
	explainGraphError,
	ERROR_TABLE as WHATSAPP,
} from '../../nodes/shared/clients/whatsapp/errorTable';
import { FAILURE_REASONS, VENDOR_NAMES, type Failure, type Vendor } from '../../nodes/shared/domain/failures/failure';
import { OWN_SENTENCES } from '../../nodes/shared/domain/failures/ownSentences';
import { reasonOfCode } from '../../nodes/shared/domain/failures/reasonOfCode';
import { RequestFailure } from '../../nodes/shared/http/failure';
import { en } from '../../nodes/shared/text/failures/en';
import { es } from '../../nodes/shared/text/failures/es';
import { failureInWords } from '../../nodes/shared/text/failures/failureInWords';
import type { FailureWords } from '../../nodes/shared/text/failures/failureWords';
import { ptBR } from '../../nodes/shared/text/failures/ptBR';
import { sayFailure } from '../../nodes/shared/text/failures/sayFailure';
import { failureOfErrors, failureOfRequest, failureOfWords } from '../../nodes/shared/usecases/failures/readFailure';

const languages: ReadonlyArray<readonly [string, FailureWords]> = [
	['es', es],
	['en', en],
	['pt-BR', ptBR],
];

const codes: ReadonlyArray<readonly [Vendor, string, string]> = [
	...Object.entries(WHATSAPP).map(([code, { message }]) => ['whatsapp', code, message] as const),
	...[...WAZZUP].map(([code, { message }]) => ['wazzup', code, message] as const),
	...[...STRIPE, ...STANDARD_ERRORS].map(([code, { message }]) => ['stripe', code, message] as const),
];

test('P3: every code that we know of a vendor is a reason that the page has words for', () => {
	const unknown = codes.filter(([vendor, code]) => reasonOfCode(vendor, code) === undefined);
	expect(unknown).toEqual([]);
});

test.each(languages)('P3: every reason says in %s what happened and what to do', (_language, words) => {
	for (const reason of FAILURE_REASONS) {
		const { text, detail } = sayFailure(words, { reason, vendor: 'wazzup', code: 'SOME_CODE' });
		expect([reason, text, detail]).toEqual([
			reason,
			expect.stringMatching(/^[A-ZÁÉÍÓÚn].+[.]$/),
			expect.stringMatching(/[.] \(Wazzup SOME_CODE\)$/),
		]);
		expect(`${text} ${detail}`).not.toMatch(/undefined|[{}]/);
	}
});

test('P3: every language has its own words, and no two reasons say the same', () => {
	const sentences = languages.flatMap(([, { reasons, unknown, unknownCode }]) =>
		[...Object.values(reasons), unknown, unknownCode].map((said) => said.join(' ')),
	);
	expect(sentences.filter((sentence, place) => sentences.indexOf(sentence) !== place)).toEqual([]);
});

test('O4: what is kept of a known code is known again by its words, alone, behind the name of a node and with its advice', () => {
	for (const [vendor, code, message] of codes) {
		const failure = { vendor, code, reason: reasonOfCode(vendor, code) };
		// Only Stripe's codes may be words that say more than the type of the error that they belong to.
		expect([code, failureOfWords(`${message} (${code})`)]).toEqual([code, failure]);
		expect([code, failureOfWords(`Send Queued: ${message} (${code})`)]).toEqual([code, failure]);
		expect([code, failureOfWords(`${message} (${code}). Try again (later).`)]).toEqual([code, failure]);
	}
});

test('O4: a refused message is known again in the words that its queue keeps', () => {
	expect(failureOfWords(explainUndelivered({ code: 131026 }).reason)).toEqual({
		reason: 'notReachable',
		vendor: 'whatsapp',
		code: '131026',
	});
	expect(failureOfWords(explainWazzupUndelivered({ code: 0, name: 'badContact' }))).toEqual({
		reason: 'notReachable',
		vendor: 'wazzup',
		code: 'BAD_CONTACT',
	});
	const answer = { status: 400, body: { error: { code: 999, message: 'Something new' } }, headers: {} };
	expect(failureOfWords(explainGraphError(answer)?.message ?? '')).toEqual({ vendor: 'whatsapp', code: '999' });
});

test.each<[string, Failure]>([
	['Send message: WhatsApp could not be reached at graph.facebook.com', { reason: 'notReached', vendor: 'whatsapp' }],
	['Send message: Wazzup did not answer in time', { reason: 'noAnswer', vendor: 'wazzup' }],
	['Send message: WhatsApp closed the connection without an answer', { reason: 'noAnswer', vendor: 'whatsapp' }],
	['Read payment: the answer of Stripe broke off', { reason: 'noAnswer', vendor: 'stripe' }],
	['Read payment: Stripe answered in a form that is not documented', { reason: 'unreadable', vendor: 'stripe' }],
	['Send message: WhatsApp is unavailable for now', { reason: 'vendorDown', vendor: 'whatsapp' }],
	['Send message: WhatsApp refused (418)', { reason: 'refused', vendor: 'whatsapp' }],
	['Download file: the link answered 404', { reason: 'fileExpired' }],
	[
		'Download file: the link has expired, Wazzup does not give the file any more',
		{ reason: 'fileExpired', vendor: 'wazzup' },
	],
	['Download file: the file is larger than 104857600 bytes', { reason: 'fileTooLarge' }],
	['Download file: the file broke off after 12 bytes (aborted)', { reason: 'fileBroken' }],
	['Download media: the content of the file is not what was announced (SHA-256)', { reason: 'fileBroken' }],
	["Download file: the link leads to 'x.example', which is in a private network", { reason: 'fileUnreachable' }],
	["The execution ended as 'crashed'", { reason: 'executionEnded' }],
	["Send Queued: The execution ended as 'crashed'", { reason: 'executionEnded' }],
	["The advisor's number +57 300 111 2233 is not linked any more", { reason: 'numberUnlinked' }],
	["Wazzup has no channel 'abc' any more", { reason: 'channelGone', vendor: 'wazzup' }],
	["'Text' has 5000 characters, WhatsApp takes 4096 at most", { reason: 'textTooLong', vendor: 'whatsapp' }],
	[OWN_SENTENCES.windowOver, { reason: 'windowOver', vendor: 'whatsapp', code: '131047' }],
	[OWN_SENTENCES.neverConfirmed, { reason: 'neverConfirmed' }],
	[OWN_SENTENCES.stoppedThreeTimes, { reason: 'stopped' }],
	['', {}],
	['Slack: channel_not_found', { said: 'Slack: channel_not_found' }],
	['Postgres: relation "x" (constructor)', { said: 'Postgres: relation "x" (constructor)' }],
	[
		'The token has no permission for this (constructor)',
		{ reason: 'noPermission', vendor: 'whatsapp', code: 'constructor' },
	],
	['__proto__', { said: '__proto__' }],
])('O4: “%s” is known for what it is', (words, failure) => {
	expect(failureOfWords(words)).toEqual(failure);
});

test('O4: whatever is written down of our own doing is known again', () => {
	for (const sentence of Object.values(OWN_SENTENCES)) expect(failureOfWords(sentence).reason).toBeDefined();
});

test.each<[string, Parameters<typeof failureOfErrors>[0], Failure | undefined]>([
	['nothing', [], undefined],
	[
		'a code that we know, and what Meta says of it',
		[{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable', details: 'No WhatsApp' }],
		{ reason: 'notReachable', vendor: 'whatsapp', code: '131026', said: 'No WhatsApp' },
	],
	[
		'a code that nobody knows, with Meta’s title',
		[{ code: 131999, title: 'Brand new' }],
		{ vendor: 'whatsapp', code: '131999', said: 'Brand new' },
	],
	[
		'a code with words of ours, which are not Meta’s',
		[{ code: 131047, message: OWN_SENTENCES.windowOver }],
		{ reason: 'windowOver', vendor: 'whatsapp', code: '131047' },
	],
	[
		'Wazzup’s code, which is no code 0 of Meta’s',
		[{ code: 0, name: '24_HOURS_EXCEEDED' }],
		{ reason: 'windowOver', vendor: 'wazzup', code: '24_HOURS_EXCEEDED' },
	],
	[
		'a code of Wazzup’s that nobody knows',
		[{ code: 0, name: 'brandNew', message: 'Что-то новое' }],
		{ vendor: 'wazzup', code: 'BRAND_NEW', said: 'Что-то новое' },
	],
	['a message that could not be sent', [{ message: "'Body' is empty" }], { reason: 'unfit' }],
	['a reminder that was withdrawn', [{ message: OWN_SENTENCES.nothingToRemind }], { reason: 'nothingToRemind' }],
	['a name that every object has', [{ code: 0, name: 'constructor' }], { vendor: 'wazzup', code: 'CONSTRUCTOR' }],
])('P3: of a message that failed with %s', (_case, errors, failure) => {
	expect(failureOfErrors(errors)).toEqual(failure);
});

test.each<[ConstructorParameters<typeof RequestFailure>[0], Failure]>([
	[
		{ vendor: 'wazzup', kind: 'unauthorized', message: 'x (403)', status: 403, code: 'FORBIDDEN', said: 'Closed' },
		{ reason: 'keyLimited', vendor: 'wazzup', code: 'FORBIDDEN', said: 'Closed' },
	],
	[
		{ vendor: 'whatsapp', kind: 'not_sent', message: 'x: WhatsApp could not be reached at y', code: 'ECONNREFUSED' },
		{ reason: 'notReached', vendor: 'whatsapp' },
	],
	[
		{ vendor: 'whatsapp', kind: 'not_sent', message: 'x (131000)', status: 500, code: '131000' },
		{ reason: 'unclear', vendor: 'whatsapp', code: '131000' },
	],
	[
		{
			vendor: 'wazzup',
			kind: 'rejected',
			message: 'Wazzup refused the request (NEW)',
			status: 400,
			code: 'NEW',
			said: 'No',
		},
		{ vendor: 'wazzup', code: 'NEW', said: 'No' },
	],
	[
		{ vendor: 'stripe', kind: 'temporary', message: 'something else', status: 502 },
		{ reason: 'vendorDown', vendor: 'stripe' },
	],
])('P3: a call in vain says why: %j', (details, failure) => {
	expect(failureOfRequest(new RequestFailure(details))).toEqual(failure);
});

test('P3: what nobody has words for is quoted, and marked as whose words they are', () => {
	const unknown: Failure = { vendor: 'whatsapp', code: '131999', said: 'Brand  new\nreason' };
	expect(sayFailure(es, unknown)).toEqual({
		text: 'WhatsApp no lo aceptó.',
		detail:
			'WhatsApp dice: «Brand new reason» Inténtalo más tarde; si sigue igual, avisa a quien administra n8n. (WhatsApp 131999)',
	});
	expect(sayFailure(ptBR, { said: 'Slack: channel_not_found' }).detail).toContain(
		'O registro diz: «Slack: channel_not_found»',
	);
	expect(sayFailure(es, {}).text).toBe('No se pudo hacer.');
	expect(sayFailure(en, { said: 'x'.repeat(1000) }).detail.length).toBeLessThan(400);
});

test('P3: what we have words for needs no quotation, unless only the vendor knows what is wrong', () => {
	const said = 'Message undeliverable';
	expect(sayFailure(es, { reason: 'notReachable', vendor: 'whatsapp', said }).detail).not.toContain(said);
	expect(sayFailure(es, { reason: 'badValue', vendor: 'whatsapp', said }).detail).toContain(`WhatsApp dice: «${said}»`);
});

test('P3: a quotation fills no place of ours', () => {
	const said = 'use {who} and {said}';
	expect(sayFailure(es, { vendor: 'stripe', code: 'x', said }).detail).toContain(`Stripe dice: «${said}»`);
});

test('P9: whoever is written to reads one line in their language', () => {
	const failure: Failure = { reason: 'windowOver', vendor: 'wazzup', code: '24_HOURS_EXCEEDED' };
	expect(failureInWords(failure, 'pt-BR')).toBe(
		`Passaram mais de 24 horas desde que a pessoa escreveu. Envie um modelo aprovado: fora das 24 horas só chegam modelos. (${VENDOR_NAMES.wazzup} 24_HOURS_EXCEEDED)`,
	);
});
