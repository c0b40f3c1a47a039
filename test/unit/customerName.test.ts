import { customerName, knownName } from '../../nodes/shared/domain/identity/knownName';

const nobody = { name: null, profile_name: null, phone: null, username: null };
const everything = { name: 'Ana Gómez', profile_name: 'Anita', phone: '+573001112233', username: '@anita' };

describe('how a customer is named, wherever the team reads it', () => {
	test.each([
		['by the name that they gave', everything, 'Ana Gómez'],
		['as WhatsApp shows them', { ...everything, name: null }, 'Anita'],
		['by number', { ...everything, name: null, profile_name: null }, '+573001112233'],
		['by username, which is all that somebody without a number shows', { ...nobody, username: '@anita' }, '@anita'],
		['never by an empty name', { ...everything, name: '', profile_name: '  ' }, '+573001112233'],
	])('%s', (_how, contact, name) => {
		expect(knownName(contact)).toBe(name);
		expect(customerName(contact)).toBe(name);
	});

	test('where nothing is known, whoever asks says what else there is, and a card says where they write', () => {
		expect(knownName(nobody)).toBeUndefined();
		expect(knownName(undefined)).toBeUndefined();
		expect(customerName(nobody)).toBe('WhatsApp');
		expect(customerName(undefined)).toBe('WhatsApp');
	});
});
