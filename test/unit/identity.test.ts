import { validateIdentification } from '../../nodes/shared/domain/identity/identification';
import { identityKeys } from '../../nodes/shared/domain/identity/identityKeys';
import { parsePersonName } from '../../nodes/shared/domain/identity/personName';
import { normalizePhone, waIdToE164 } from '../../nodes/shared/domain/identity/phone';
import * as fc from '../support/properties';

describe('normalizePhone: numbers as people write them', () => {
	it.each([
		['300 123 4567', 'CO', '+573001234567', 'CO', 'mobile'],
		['mi cel es 300-123-4567 gracias', 'CO', '+573001234567', 'CO', 'mobile'],
		['+57 300 1234567', 'CO', '+573001234567', 'CO', 'mobile'],
		['0057 300 1234567', 'CO', '+573001234567', 'CO', 'mobile'],
		['573001234567', 'CO', '+573001234567', 'CO', 'mobile'],
		['(601) 234 5678', 'CO', '+576012345678', 'CO', 'fixed'],
		['+52 1 55 1234 5678', 'MX', '+525512345678', 'MX', 'fixed_or_mobile'],
		['5215512345678', 'MX', '+525512345678', 'MX', 'fixed_or_mobile'],
		['55 1234 5678', 'MX', '+525512345678', 'MX', 'fixed_or_mobile'],
		['(11) 98888-7777', 'BR', '+5511988887777', 'BR', 'mobile'],
		['+55 11 8888-7777', 'BR', '+5511988887777', 'BR', 'mobile'],
		['+55 11 2888-7777', 'BR', '+551128887777', 'BR', 'fixed'],
		['011 15 2345-6789', 'AR', '+5491123456789', 'AR', 'mobile'],
		['+54 9 11 2345 6789', 'AR', '+5491123456789', 'AR', 'mobile'],
		['987 654 321', 'PE', '+51987654321', 'PE', 'mobile'],
		['099 123 4567', 'EC', '+593991234567', 'EC', 'mobile'],
		['0412-1234567', 'VE', '+584121234567', 'VE', 'mobile'],
		['612 34 56 78', 'ES', '+34612345678', 'ES', 'mobile'],
		['+34 612 34 56 78', 'CO', '+34612345678', 'ES', 'mobile'],
		['+1 (555) 078-3881', 'CO', '+15550783881', undefined, 'unknown'],
	])('given %j in %s, gives %s', (raw, home, e164, country, type) => {
		expect(normalizePhone(raw, home)).toEqual({ e164, country, type });
	});

	it.each([
		['hola', 'CO'],
		['', 'CO'],
		['20 portátiles', 'CO'],
		['1020304050', 'CO'],
		['900123456-8', 'CO'],
		['+57 123', 'CO'],
		['3001234567', 'XX'],
	])('given %j in %s, finds no phone', (raw, home) => {
		expect(normalizePhone(raw, home)).toBeUndefined();
	});

	it('given any text, never throws, and what it gives it also takes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ()-]{0,18}$/)), (text) => {
				const phone = normalizePhone(text, 'CO');
				if (phone) expect(normalizePhone(phone.e164, 'MX')?.e164).toBe(phone.e164);
			}),
		);
	});

	it.each([
		['573001234567', '+573001234567'],
		['+573001234567', '+573001234567'],
		['5215512345678', '+525512345678'],
		['525512345678', '+525512345678'],
		['551188887777', '+5511988887777'],
		['5511988887777', '+5511988887777'],
		['551128887777', '+551128887777'],
		['5491123456789', '+5491123456789'],
		['15550783881', '+15550783881'],
		['123', undefined],
		['CO.1349', undefined],
	])('given the WhatsApp id %s, gives %s', (waId, e164) => {
		expect(waIdToE164(waId)).toBe(e164);
	});
});

describe('identityKeys: everything that leads to one person', () => {
	it('given all ids, the user id comes first', () => {
		expect(identityKeys({ waId: '573001234567', userId: 'CO.1', parentUserId: 'US.ENT.7' })).toEqual([
			{ kind: 'bsuid', value: 'CO.1' },
			{ kind: 'wa_id', value: '573001234567' },
			{ kind: 'parent_bsuid', value: 'US.ENT.7' },
		]);
	});

	it('given no phone, does not assume one', () => {
		expect(identityKeys({ userId: 'CO.1', username: 'anap' })).toEqual([{ kind: 'bsuid', value: 'CO.1' }]);
		expect(identityKeys({ profileName: 'Ana' })).toEqual([]);
	});

	it('given the old and the new id of one person, gives the same key', () => {
		expect(identityKeys({ waId: '5215512345678' })).toEqual(identityKeys({ waId: '525512345678' }));
		expect(identityKeys({ waId: '551188887777' })).toEqual(identityKeys({ waId: '5511988887777' }));
	});
});

describe('validateIdentification: documents as people write them (A3)', () => {
	it.each([
		['1020304050', 'CO', 'CC', '1020304050', '1.020.304.050'],
		['1.020.304.050', 'CO', 'CC', '1020304050', '1.020.304.050'],
		['mi cédula es 1 020 304 050', 'CO', 'CC', '1020304050', '1.020.304.050'],
		['CC1020304050', 'CO', 'CC', '1020304050', '1.020.304.050'],
		['C.C. 79.123.456', 'CO', 'CC', '79123456', '79.123.456'],
		['son 20 portátiles, cc 79123456', 'CO', 'CC', '79123456', '79.123.456'],
		['900123456-8', 'CO', 'NIT', '900123456-8', '900.123.456-8'],
		['900.123.456 - 8', 'CO', 'NIT', '900123456-8', '900.123.456-8'],
		['900123456', 'CO', 'NIT', '900123456-8', '900.123.456-8'],
		['9001234568', 'CO', 'NIT', '900123456-8', '900.123.456-8'],
		['NIT: 1020304050', 'CO', 'NIT', '1020304050-8', '1.020.304.050-8'],
		['cédula de extranjería 123456', 'CO', 'CE', '123456', '123456'],
		['PPT 1234567', 'CO', 'PPT', '1234567', '1234567'],
		['TI 1034567890', 'CO', 'TI', '1034567890', '1.034.567.890'],
		['pasaporte AB123456', 'CO', 'PASSPORT', 'AB123456', 'AB123456'],
		['12.345.678-5', 'CL', 'RUT', '12345678-5', '12.345.678-5'],
		['RFC GODE561231GR8', 'MX', 'RFC', 'GODE561231GR8', 'GODE 561231 GR8'],
		['boxw310820hnerxn09', 'MX', 'CURP', 'BOXW310820HNERXN09', 'BOXW310820HNERXN09'],
		['390.533.447-05', 'BR', 'CPF', '39053344705', '390.533.447-05'],
		['16.727.230/0001-97', 'BR', 'CNPJ', '16727230000197', '16.727.230/0001-97'],
		['20-05536168-2', 'AR', 'CUIT', '20055361682', '20-05536168-2'],
		['20.123.456', 'AR', 'DNI', '20123456', '20.123.456'],
		['20512333797', 'PE', 'RUC', '20512333797', '20512333797'],
		['1792060346-001', 'EC', 'RUC', '1792060346001', '1792060346-001'],
		['1714307103', 'EC', 'CI', '1714307103', '171430710-3'],
		['V-12345678', 'VE', 'CI', 'V12345678', 'V12.345.678'],
		['8-123-4567', 'PA', 'ID', '81234567', '81234567'],
		// Customers from abroad: by the document's name, or by a form that leaves no doubt.
		['529.982.247-25', 'CO', 'CPF', '52998224725', '529.982.247-25'],
		['meu cpf é 52998224725', 'CO', 'CPF', '52998224725', '529.982.247-25'],
		['CPF 52998224725', 'MX', 'CPF', '52998224725', '529.982.247-25'],
		['11.222.333/0001-81', 'CO', 'CNPJ', '11222333000181', '11.222.333/0001-81'],
		['GODE561231GR8', 'CO', 'RFC', 'GODE561231GR8', 'GODE 561231 GR8'],
		['curp BOXW310820HNERXN09', 'CO', 'CURP', 'BOXW310820HNERXN09', 'BOXW310820HNERXN09'],
		['cuit 20-05536168-2', 'CO', 'CUIT', '20055361682', '20-05536168-2'],
		['1792060346001', 'CO', 'RUC', '1792060346001', '1792060346-001'],
		['12.345.678-5', 'CO', 'RUT', '12345678-5', '12.345.678-5'],
		['dni 44556677', 'CO', 'DNI', '44556677', '44.556.677'],
		['DPI 1234 56789 0101', 'CO', 'DPI', '1234567890101', '1234567890101'],
		['cédula venezolana 12345678', 'CO', 'ID', '12345678', '12345678'],
		['cc 1020304050', 'MX', 'CC', '1020304050', '1.020.304.050'],
		['nit 900123456-8', 'PE', 'NIT', '900123456-8', '900.123.456-8'],
		['91042512345', 'CO', 'TI', '91042512345', '91.042.512.345'],
	])('given %j in %s, reads %s %s', (text, country, type, value, formatted) => {
		expect(validateIdentification(text, country)).toEqual({ type, value, formatted });
	});

	it.each([
		['no tengo', 'CO', 'missing'],
		['necesito 20 portátiles', 'CO', 'missing'],
		['nací el 10/12/1990', 'CO', 'missing'],
		['ana1020304@correo.com', 'CO', 'missing'],
		['123', 'CO', 'incomplete'],
		['12345', 'CO', 'incomplete'],
		['123456789', 'CO', 'incomplete'],
		['123456789012', 'CO', 'too_long'],
		['nit 900123456-7', 'CO', 'check_digit'],
		['3001234567', 'CO', 'phone'],
		['+57 300 123 4567', 'CO', 'phone'],
		['300 123 4567', 'CO', 'phone'],
		['300-123-4567', 'CO', 'phone'],
		['1111111111', 'CO', 'format'],
		['99999999999', 'CO', 'format'],
		['cpf 529.982.247-26', 'CO', 'check_digit'],
		['12345678-4', 'CL', 'check_digit'],
		['390.533.447-06', 'BR', 'check_digit'],
		['J-30990709-4', 'VE', 'check_digit'],
	])('given %j in %s, says %s', (text, country, problem) => {
		expect(validateIdentification(text, country)).toEqual({ problem });
	});

	it('given a NIT of any company, the added check digit is the one that is accepted', () => {
		fc.assert(
			fc.property(fc.integer({ min: 800_000_000, max: 901_999_999 }), (base) => {
				const added = validateIdentification(String(base), 'CO');
				const value = 'type' in added ? added.value : '';
				expect(value).toMatch(new RegExp(`^${base}-\\d$`));
				expect(validateIdentification(value, 'CO')).toEqual(added);
				const wrong = `${base}-${(Number(value.slice(-1)) + 1) % 10}`;
				expect(validateIdentification(wrong, 'CO')).toEqual({ problem: 'check_digit' });
			}),
		);
	});

	it('given any text in any country, answers and never throws', () => {
		const country = fc.constantFrom('CO', 'MX', 'CL', 'PE', 'AR', 'BR', 'EC', 'ES', 'UY', 'VE', 'PA', '', '__proto__');
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[A-Z0-9. -]{0,20}$/)),
				country,
				(text, home) => {
					const result = validateIdentification(text, home);
					expect('type' in result || 'problem' in result).toBe(true);
				},
			),
		);
	});
});

describe('parsePersonName: names as people give them (A2)', () => {
	it.each([
		['me llamo Ana María Pérez', 'Ana María Pérez'],
		['soy ana', 'Ana'],
		['ANA PEREZ', 'Ana Perez'],
		['ana maría de la cruz', 'Ana María de la Cruz'],
		['hola soy Luis', 'Luis'],
		['Buenos días, me llamo José Del Río', 'José del Río'],
		['😊 Ana', 'Ana'],
		['Soy Ana, quiero cotizar', 'Ana'],
		['carlos andrés muñoz y necesito cotizar', 'Carlos Andrés Muñoz'],
		["María José O'Connor", "María José O'Connor"],
		['juan-carlos', 'Juan-Carlos'],
		['J. Pérez', 'J. Pérez'],
		['Dr. Luis Gil', 'Luis Gil'],
		['Mi nombre completo es Ana Gil.', 'Ana Gil'],
		['Nombre: Luis Gil', 'Luis Gil'],
		['McDonald Ruiz', 'McDonald Ruiz'],
		['Habla Carlos de la empresa Acme', 'Carlos'],
		['Li Wu', 'Li Wu'],
		['Ñoño Ibáñez', 'Ñoño Ibáñez'],
	])('given %j, the name is %j', (text, name) => {
		expect(parsePersonName(text)).toBe(name);
	});

	it.each([
		[''],
		['Hola'],
		['Hola buenas tardes'],
		['muchas gracias'],
		['123'],
		['1020304050'],
		['😀😀'],
		['quiero cotizar'],
		['Necesito 20 portátiles'],
		['¿para qué?'],
		['no'],
		['sí'],
		['ACME SAS'],
		['Somos de ACME SAS'],
		['ana@correo.com'],
		['https://acme.co'],
		['asdfgh'],
		['aaaa'],
		['menú'],
		['El computador que compré ayer no enciende y tiene la pantalla azul'],
	])('given %j, there is no name in it', (text) => {
		expect(parsePersonName(text)).toBeUndefined();
	});

	it('given a name that it wrote, writes it the same again', () => {
		const part = fc.constantFrom('ana', 'MARÍA', 'José', 'de', 'la', 'cruz', 'núñez', "O'Connor", 'del', 'Río');
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
				const once = parsePersonName(parts.join(' '));
				if (once !== undefined) expect(parsePersonName(once)).toBe(once);
			}),
		);
	});

	it('given any text, never throws and never gives digits or a line break', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect(parsePersonName(text) ?? '').not.toMatch(/[\d\n@]/);
			}),
		);
	});
});
