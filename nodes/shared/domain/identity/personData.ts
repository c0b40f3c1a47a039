import { z } from 'zod';

import { validateIdentification, type IdentificationProblem } from './identification';
import { parsePersonName } from './personName';
import { normalizePhone } from './phone';

/** What is said of a person, as typed, or as another system wrote it. */
export interface PersonInput {
	readonly name?: string;
	readonly phone?: string;
	readonly email?: string;
	readonly identification?: string;
	readonly company?: string;
	readonly city?: string;
	readonly language?: string;
	readonly externalId?: string;
	readonly externalUrl?: string;
}

/** The same, clean: E.164, an e-mail address, a checked document. */
export interface CleanPerson {
	readonly name?: string;
	readonly phone?: string;
	readonly email?: string;
	readonly identification?: string;
	readonly identificationType?: string;
	readonly company?: string;
	readonly city?: string;
	readonly language?: string;
	readonly externalId?: string;
	readonly externalUrl?: string;
}

/** What was written differently from how it is kept. */
export interface Correction {
	readonly field: keyof PersonInput;
	readonly from: string;
	readonly to: string;
}

/** What cannot be used, in words. */
export interface PersonProblem {
	readonly field: keyof PersonInput;
	readonly value: string;
	readonly why: string;
}

export interface CleanedPerson {
	readonly person: CleanPerson;
	readonly fixed: readonly Correction[];
	readonly problems: readonly PersonProblem[];
}

const IDENTIFICATION_PROBLEMS: Readonly<Record<IdentificationProblem, string>> = {
	missing: 'it has no number',
	incomplete: 'it is too short',
	too_long: 'it is too long',
	check_digit: 'its check digit does not fit',
	phone: 'it is a phone number',
	format: 'no document is numbered like that',
};

/** What a spreadsheet makes of a long number: `3001234567.0`, `3.001234567E9`, a leading apostrophe. */
function withoutSpreadsheetMarks(written: string): string {
	const text = written.trim().replace(/^'/, '');
	if (/^\d+(?:\.\d+)?e\+?\d+$/i.test(text)) {
		const number = Number(text);
		return Number.isSafeInteger(number) ? String(number) : text;
	}
	return text.replace(/^(\d{5,})\.0+$/, '$1');
}

const tidy = (written: string): string => written.normalize('NFC').replace(/\s+/g, ' ').trim();

const emailSchema = z.string().email();

function readEmail(written: string): string | undefined {
	const [first = ''] = written
		.replace(/^mailto:/i, '')
		.split(/[;,/]|\s+(?=\S+@)/)
		.map((part) => part.replace(/\s+/g, '').replace(/[.<>"']+$|^[.<>"']+/g, ''))
		.filter((part) => part !== '');
	const email = emailSchema.safeParse(first.toLowerCase());
	return email.success ? email.data : undefined;
}

/** The first of several numbers in one cell that is one. */
function readPhone(written: string, country: string): string | undefined {
	const candidates = [written, ...written.split(/[/;,|]|\s+(?:y|o|and|or|e)\s+|\s{2,}/)];
	for (const candidate of candidates) {
		const phone = normalizePhone(candidate, country);
		if (phone) return phone.e164;
	}
	return undefined;
}

function readName(written: string): string | undefined {
	const name = parsePersonName(written);
	if (name !== undefined) return name;
	// Customers are companies too, and those are called anything.
	return /\p{L}/u.test(written) ? tidy(written) : undefined;
}

/** Cleans what is said of a person by the rules of a country. Nothing is guessed: what cannot be read is a problem. */
export function cleanPerson(input: PersonInput, country: string): CleanedPerson {
	const person: { -readonly [Field in keyof CleanPerson]: CleanPerson[Field] } = {};
	const fixed: Correction[] = [];
	const problems: PersonProblem[] = [];
	const take = (field: keyof PersonInput, read: (written: string) => string | undefined, why: string): void => {
		const written = input[field];
		if (written === undefined || written.trim() === '') return;
		const value = read(withoutSpreadsheetMarks(written));
		if (value === undefined) {
			problems.push({ field, value: written, why });
			return;
		}
		person[field] = value;
		if (value !== written) fixed.push({ field, from: written, to: value });
	};
	take('name', readName, 'it has no letters');
	take('phone', (written) => readPhone(written, country), 'it is no phone number');
	take('email', readEmail, 'it is no e-mail address');
	take('company', tidy, 'it is empty');
	take('city', tidy, 'it is empty');
	take('language', tidy, 'it is empty');
	take('externalId', tidy, 'it is empty');
	take('externalUrl', tidy, 'it is empty');
	const { identification } = input;
	if (identification !== undefined && identification.trim() !== '') {
		const read = validateIdentification(withoutSpreadsheetMarks(identification), country);
		if ('problem' in read) {
			problems.push({ field: 'identification', value: identification, why: IDENTIFICATION_PROBLEMS[read.problem] });
		} else {
			person.identification = read.value;
			person.identificationType = read.type;
			if (read.value !== identification) fixed.push({ field: 'identification', from: identification, to: read.value });
		}
	}
	return { person, fixed, problems };
}

/** Names that columns of contact lists have, in lower case without accents, signs and spaces. */
const COLUMN_NAMES: Readonly<Record<keyof PersonInput | 'tags' | 'advisor', readonly string[]>> = {
	name: [
		'name',
		'fullname',
		'nombre',
		'nombrecompleto',
		'nombres',
		'cliente',
		'contacto',
		'contact',
		'nome',
		'razonsocial',
	],
	phone: [
		...['phone', 'phonenumber', 'mobile', 'telefono', 'celular', 'movil', 'whatsapp', 'numero', 'telefone'],
		...['numerodetelefono', 'numerodecelular', 'telefonocelular', 'waid', 'tel', 'cel'],
	],
	email: ['email', 'mail', 'correo', 'correoelectronico', 'emailaddress'],
	identification: [
		...['identification', 'identificacion', 'documento', 'numerodedocumento', 'cedula', 'nit', 'id', 'cc', 'rut'],
		...['ruc', 'rfc', 'cpf', 'cnpj', 'dni', 'cuit', 'numerodeidentificacion', 'cedulanit', 'nitcedula'],
	],
	company: ['company', 'empresa', 'compania', 'organizacion', 'organization'],
	city: ['city', 'ciudad', 'municipio', 'cidade'],
	language: ['language', 'idioma', 'lengua'],
	externalId: ['externalid', 'idexterno', 'crmid', 'idcrm', 'codigo', 'codigocliente', 'customerid'],
	externalUrl: ['externalurl', 'url', 'enlace', 'link'],
	tags: ['tags', 'etiquetas', 'etiqueta', 'segmento', 'segmentos', 'labels'],
	advisor: ['advisor', 'asesor', 'asesora', 'comercial', 'vendedor', 'vendedora', 'owner', 'responsable'],
};

export type ImportField = keyof typeof COLUMN_NAMES;

const IMPORT_FIELDS = Object.keys(COLUMN_NAMES) as ImportField[];

const bare = (column: string): string =>
	column
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

/**
 * Which column of a row holds which field: those that were named, the others by what columns are usually called in
 * Spanish, English and Portuguese.
 * @param named column by field, as a person said it
 */
export function columnsOf(
	columns: readonly string[],
	named: Readonly<Partial<Record<ImportField, string>>> = {},
): Readonly<Partial<Record<ImportField, string>>> {
	const found: Partial<Record<ImportField, string>> = { ...named };
	for (const field of IMPORT_FIELDS) {
		found[field] ??= columns.find((column) => COLUMN_NAMES[field].includes(bare(column)));
	}
	return found;
}
