import { invoiceMetadata, readInvoiceData } from '../../nodes/shared/domain/payments/invoiceData';

describe('S13: data of an invoice', () => {
	test('everything is optional; nothing given is nothing', () => {
		expect(readInvoiceData({}, 'CO')).toBeUndefined();
		expect(readInvoiceData({ legalName: ' ', taxId: '', email: undefined }, 'CO')).toBeUndefined();
	});

	test('a tax id is kept as it is compared, with the name of its document, by the rules of the country', () => {
		expect(readInvoiceData({ legalName: ' Ferretería La 80 S.A.S. ', taxId: 'NIT 800.197.268-4' }, 'CO')).toEqual({
			legalName: 'Ferretería La 80 S.A.S.',
			taxId: '800197268-4',
			taxIdType: 'NIT',
		});
		expect(readInvoiceData({ taxId: 'GODE561231GR8' }, 'MX')).toMatchObject({ taxIdType: 'RFC' });
	});

	test.each([
		[{ taxId: '800197268-5' }, "'Tax ID' cannot be used: its check digit does not fit", 'Tax ID'],
		[{ taxId: 'no tengo' }, "'Tax ID' cannot be used: it holds no number", 'Tax ID'],
		[{ email: 'compras@' }, "'Email' is no address", 'Email'],
		[{ legalName: 'x'.repeat(201) }, "'Legal Name' is longer than 200 characters", 'Legal Name'],
		[{ city: 'x'.repeat(201) }, "'City' is longer than 200 characters", 'City'],
	])('%j is refused in words', (input, message, parameter) => {
		expect(() => readInvoiceData(input, 'CO')).toThrow(
			expect.objectContaining({ message: expect.stringContaining(message), parameter }),
		);
	});

	test('for who collects it is flat text', () => {
		expect(invoiceMetadata({ legalName: 'La 80', taxId: '800197268-4', taxes: 'without' })).toEqual({
			invoice_name: 'La 80',
			invoice_tax_id: '800197268-4',
			invoice_taxes: 'without',
		});
	});
});
