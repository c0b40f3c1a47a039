import { z } from 'zod';

import { validateIdentification, type IdentificationProblem } from '../identity/identification';
import { InvalidInput } from '../invalidInput';

/** What a formal invoice is made out to. Everything is optional; never data of a card. */
export interface InvoiceData {
	readonly legalName?: string;
	/** As it is stored for comparing: `900123456-8`. */
	readonly taxId?: string;
	/** Name of the document: `NIT`, `RFC` … */
	readonly taxIdType?: string;
	readonly email?: string;
	readonly city?: string;
	/** Whether the amount has its taxes in it. */
	readonly taxes?: 'with' | 'without';
}

/** Texts as somebody typed them; empty ones were not given. */
export interface InvoiceInput {
	readonly legalName?: string;
	readonly taxId?: string;
	readonly email?: string;
	readonly city?: string;
	readonly taxes?: 'with' | 'without';
}

const LONGEST = 200;
const email = z.string().max(LONGEST).email();

const WHY: Readonly<Record<IdentificationProblem, string>> = {
	missing: 'it holds no number',
	incomplete: 'digits are missing',
	too_long: 'it has too many digits',
	check_digit: 'its check digit does not fit',
	phone: 'it is a telephone number',
	format: 'no such number is issued',
};

function checkedText(text: string | undefined, parameter: string): string | undefined {
	const trimmed = text?.trim() ?? '';
	if (trimmed === '') return undefined;
	if (trimmed.length <= LONGEST) return trimmed;
	throw new InvalidInput({
		message: `'${parameter}' is longer than ${LONGEST} characters`,
		description: 'Shorten it.',
		parameter,
	});
}

function checkedEmail(text: string | undefined): string | undefined {
	const trimmed = checkedText(text, 'Email');
	if (trimmed === undefined || email.safeParse(trimmed).success) return trimmed;
	throw new InvalidInput({
		message: `'Email' is no address: '${trimmed}'`,
		description: 'Write it like compras@empresa.com, or leave it empty.',
		parameter: 'Email',
	});
}

function checkedTaxId(text: string | undefined, country: string): Pick<InvoiceData, 'taxId' | 'taxIdType'> {
	const trimmed = checkedText(text, 'Tax ID');
	if (trimmed === undefined) return {};
	const read = validateIdentification(trimmed, country);
	if (!('problem' in read)) return { taxId: read.value, taxIdType: read.type };
	throw new InvalidInput({
		message: `'Tax ID' cannot be used: ${WHY[read.problem]}`,
		description: 'Write it with its check digit, for example 900123456-8, or leave it empty.',
		parameter: 'Tax ID',
	});
}

/** What was given for an invoice, checked; undefined when nothing was. @throws InvalidInput */
export function readInvoiceData(input: InvoiceInput, country: string): InvoiceData | undefined {
	const legalName = checkedText(input.legalName, 'Legal Name');
	const address = checkedEmail(input.email);
	const city = checkedText(input.city, 'City');
	const data: InvoiceData = {
		...(legalName === undefined ? {} : { legalName }),
		...checkedTaxId(input.taxId, country),
		...(address === undefined ? {} : { email: address }),
		...(city === undefined ? {} : { city }),
		...(input.taxes === undefined ? {} : { taxes: input.taxes }),
	};
	return Object.keys(data).length === 0 ? undefined : data;
}

/** For who collects, beside the payment: keys and values of theirs are short and of text. */
export function invoiceMetadata(data: InvoiceData): Record<string, string> {
	const named: ReadonlyArray<readonly [string, string | undefined]> = [
		['invoice_name', data.legalName],
		['invoice_tax_id', data.taxId],
		['invoice_tax_id_type', data.taxIdType],
		['invoice_email', data.email],
		['invoice_city', data.city],
		['invoice_taxes', data.taxes],
	];
	return Object.fromEntries(named.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}
