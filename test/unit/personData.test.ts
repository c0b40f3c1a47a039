import { cleanPerson, columnsOf } from '../../nodes/shared/domain/identity/personData';

describe('O3: what a list says of a person is cleaned', () => {
	test.each([
		['a local mobile number', '300 123 4567', '+573001234567'],
		['a number as WhatsApp writes it', '573001234567', '+573001234567'],
		['a number that a spreadsheet made a decimal', '3001234567.0', '+573001234567'],
		['a number that a spreadsheet made scientific', '5.73001234567E+11', '+573001234567'],
		['a number with the apostrophe of a spreadsheet', "'3001234567", '+573001234567'],
		['the first of two numbers', '300 123 4567 / 310 987 6543', '+573001234567'],
		['a foreign number', '+1 (415) 555-2671', '+14155552671'],
	])('%s becomes E.164', (_case, written, e164) => {
		expect(cleanPerson({ phone: written }, 'CO').person.phone).toBe(e164);
	});

	test.each([
		[' Laura.Gomez@Example.COM ', 'laura.gomez@example.com'],
		['mailto:laura@example.com', 'laura@example.com'],
		['laura@example.com; ventas@example.com', 'laura@example.com'],
		['<laura@example.com>.', 'laura@example.com'],
	])('the e-mail address in %j is found', (written, email) => {
		expect(cleanPerson({ email: written }, 'CO').person.email).toBe(email);
	});

	test('names are written as names, companies as they are called', () => {
		expect(cleanPerson({ name: 'LAURA   gómez' }, 'CO').person.name).toBe('Laura Gómez');
		expect(cleanPerson({ name: 'Ferretería El Tornillo  S.A.S.' }, 'CO').person.name).toBe(
			'Ferretería El Tornillo S.A.S.',
		);
	});

	test('what was changed is reported with what it was', () => {
		const { fixed, problems } = cleanPerson({ phone: '300 123 4567', identification: '900.123.456-8' }, 'CO');
		expect(fixed).toEqual([
			{ field: 'phone', from: '300 123 4567', to: '+573001234567' },
			{ field: 'identification', from: '900.123.456-8', to: '900123456-8' },
		]);
		expect(problems).toEqual([]);
	});

	test('what cannot be read is a problem in words, and nothing is guessed', () => {
		const { person, problems } = cleanPerson(
			{ phone: '123', email: 'laura en gmail', identification: '900123456-1', name: '---' },
			'CO',
		);
		expect(person).toEqual({});
		expect(problems).toEqual([
			{ field: 'name', value: '---', why: 'it has no letters' },
			{ field: 'phone', value: '123', why: 'it is no phone number' },
			{ field: 'email', value: 'laura en gmail', why: 'it is no e-mail address' },
			{ field: 'identification', value: '900123456-1', why: 'its check digit does not fit' },
		]);
	});

	test('empty cells say nothing', () => {
		expect(cleanPerson({ name: '', phone: '  ', email: '' }, 'CO')).toEqual({ person: {}, fixed: [], problems: [] });
	});
});

test('O3: columns are recognised by their usual names, and by the name that a person gave', () => {
	const columns = ['Razón Social', 'Número de celular', 'Correo electrónico', 'Cédula/NIT', 'Ciudad', 'Clave'];
	expect(columnsOf(columns, { externalId: 'Clave' })).toMatchObject({
		name: 'Razón Social',
		phone: 'Número de celular',
		email: 'Correo electrónico',
		identification: 'Cédula/NIT',
		city: 'Ciudad',
		externalId: 'Clave',
	});
});
