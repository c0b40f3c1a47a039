import {
	comparedReference,
	looksLikeProof,
	paymentOfProof,
	type SignedPayment,
} from '../../nodes/shared/domain/payments/proof';

describe('S14: whether a file is probably meant as proof of a payment', () => {
	test.each([
		['ya pagué, te dejo el comprobante', true],
		['Ya hice la transferencia por Nequi', true],
		['soporte de pago', true],
		['paid, here is the receipt', true],
		['Segue o comprovante', true],
		['este es el equipo dañado', false],
		['necesito soporte técnico con esto', false],
		['cotízame 20 como el de la foto', false],
	])('«%s»: %s', (text, isProof) => {
		expect(looksLikeProof({ type: 'image', words: [text], owes: false })).toBe(isProof);
	});

	test('a file name says it too; a voice note never does', () => {
		expect(looksLikeProof({ type: 'document', filename: 'Comprobante_Bancolombia.pdf', words: [], owes: false })).toBe(
			true,
		);
		expect(looksLikeProof({ type: 'audio', words: ['ya pagué'], owes: true })).toBe(false);
	});

	test('whoever owes and sends a file without a word means it so; with other words they do not', () => {
		expect(looksLikeProof({ type: 'image', words: ['', ' '], owes: true })).toBe(true);
		expect(looksLikeProof({ type: 'image', words: [''], owes: false })).toBe(false);
		expect(looksLikeProof({ type: 'image', words: ['el portátil es este'], owes: true })).toBe(false);
	});
});

describe('S14: which signed payment it is of', () => {
	const HOUR = 3_600_000;
	const at = Date.parse('2026-03-10T15:00:00Z');
	const payment = (id: string, amount: number, hoursBefore: number): SignedPayment => ({
		id,
		amount,
		paidAt: at - hoursBefore * HOUR,
		references: [`pi_${id}`],
	});
	const payments = [payment('old', 50, 100), payment('earlier', 80, 20), payment('last', 50, 2)];

	test.each([
		['by its amount', { amount: 80 }, 'earlier'],
		['by its reference, however old', { reference: 'PI_OLD' }, 'old'],
		['by time alone, the last', {}, 'last'],
		['another amount is none', { amount: 81 }, undefined],
		['an unknown reference decides nothing against the amount', { reference: 'x', amount: 80 }, 'earlier'],
	])('%s', (_how, read, id) => {
		expect(paymentOfProof(payments, at, read)?.id).toBe(id);
	});

	test('money of days ago is not what a proof of today is of', () => {
		expect(paymentOfProof([payment('old', 50, 100)], at, { amount: 50 })).toBeUndefined();
	});
});

describe('S14: by which number a receipt is known again', () => {
	test.each([
		['M12345678', 'm12345678'],
		[' m-1234 5678 ', 'm12345678'],
		['CUS: 123456789', '123456789'],
		['pi_3PgafTB7WZ01zgkW', 'pi3pgaftb7wz01zgkw'],
		['Comprobante №. 0000041234', '0000041234'],
		['10:24', undefined],
		['Nequi', undefined],
		['transferencia', undefined],
		['ABCDEF123', undefined],
		['', undefined],
		[undefined, undefined],
	])('%j: %j', (written, compared) => {
		expect(comparedReference(written)).toBe(compared);
	});
});
