import { randomInt } from 'node:crypto';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Ids in the shapes that Meta uses, repeatable for a given seed.
 */
export class Identifiers {
	private state: number;
	private counter = 0;

	constructor(seed: number = randomInt(2 ** 32 - 1)) {
		this.state = seed >>> 0;
	}

	/** mulberry32: 32 bits of state are plenty for test data, and the sequence is the same on every machine. */
	private next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	}

	private pick(alphabet: string, length: number): string {
		let text = '';
		for (let index = 0; index < length; index += 1) text += alphabet[this.next() % alphabet.length];
		return text;
	}

	private hexadecimal(digits: number): string {
		let text = '';
		while (text.length < digits) text += this.next().toString(16).padStart(8, '0');
		return text.slice(0, digits).toUpperCase();
	}

	/**
	 * A message id. Genuine ones are base64 of a small binary record with the number and 20 hexadecimal digits
	 * (decoded from the examples of Meta's OpenAPI file); receivers must treat them as opaque, so does this package.
	 */
	wamid(person: string, direction: 'inbound' | 'outbound'): string {
		this.counter += 1;
		const unique = this.hexadecimal(12) + (this.counter >>> 0).toString(16).toUpperCase().padStart(8, '0');
		const record = Buffer.concat([
			Buffer.from([0x1c, 0x18, person.length & 0xff]),
			Buffer.from(person, 'latin1'),
			Buffer.from([0x15, 0x02, 0x00, direction === 'inbound' ? 0x12 : 0x11, 0x18, 0x14]),
			Buffer.from(unique, 'latin1'),
			Buffer.from([0x00]),
		]);
		return `wamid.${record.toString('base64')}`;
	}

	/** Numeric id of a media object, template or subscription. */
	numeric(digits = 16): string {
		let text = String(1 + (this.next() % 9));
		while (text.length < digits) text += String(this.next() % 10);
		return text;
	}

	userId(country: string): string {
		return `${country}.${this.numeric(20)}`;
	}

	trace(): string {
		return `A${this.pick(alphanumeric, 22)}`;
	}

	qrCode(): string {
		return this.pick(base32, 14);
	}

	token(length = 24): string {
		return this.pick(alphanumeric, length);
	}
}
