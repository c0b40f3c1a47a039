import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as library from '../../index';
import arrows from '../support/arrows.json';
import { importsOf } from '../support/house';
import * as fc from '../support/properties';
import { projectFolder } from '../support/registered';

/** What the design promises (nodes/README.md): kept stable, so a name that goes away breaks somebody's code. */
const PROMISED: Readonly<Record<string, 'function' | 'object'>> = {
	classify: 'function',
	parseMetaWebhook: 'function',
	verifyMetaSignature: 'function',
	parseWazzupWebhook: 'function',
	verifyWazzupSecret: 'function',
	normalizePhone: 'function',
	newConversation: 'function',
	step: 'function',
	render: 'function',
	profiles: 'object',
	texts: 'object',
};

/** Everything that a file brings along: our files, and the packages that they import. */
function reachedFrom(file: string, files = new Set<string>(), packages = new Set<string>()) {
	if (files.has(file)) return { files, packages };
	files.add(file);
	for (const specifier of importsOf(readFileSync(path.join(projectFolder, file), 'utf8'))) {
		if (!specifier.startsWith('.')) {
			packages.add(specifier);
			continue;
		}
		const target = path.posix.join(path.posix.dirname(file), specifier);
		const source = [`${target}.ts`, `${target}/index.ts`, target].find((candidate) =>
			existsSync(path.join(projectFolder, candidate)),
		);
		if (!source) throw new Error(`${file} imports ${target}, which does not exist`);
		reachedFrom(source, files, packages);
	}
	return { files, packages };
}

describe('the library surface', () => {
	test.each(Object.entries(PROMISED))('%s is there', (name, kind) => {
		expect(typeof new Map<string, unknown>(Object.entries(library)).get(name)).toBe(kind);
	});

	test('it reaches only domain, text and webhooks, and no package that Node 20 or a browser could not load', () => {
		const { files, packages } = reachedFrom('index.ts');
		const rooms = [...files]
			.filter((file) => file !== 'index.ts')
			.map((file) => /^nodes\/shared\/(\w+)\//.exec(file)?.[1] ?? file);
		const allowed = [...arrows.domainPackages, 'node:crypto'];

		expect([...new Set(rooms)].filter((room) => !arrows.libraryRooms.includes(room))).toEqual([]);
		expect(
			[...packages].filter((name) => !allowed.some((open) => name === open || name.startsWith(`${open}/`))),
		).toEqual([]);
	});

	test('every signature and every parser survives whatever the network brings', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string(), fc.string(), (body, header, secret) => {
				expect(Array.isArray(library.parseMetaWebhook(body))).toBe(true);
				expect(library.verifyMetaSignature(header, header, secret)).toBe(false);
			}),
		);
	});

	test('given the bytes that Meta signed, the signature holds; given one byte less, it does not', () => {
		const bytes = Buffer.from('{"object":"whatsapp_business_account","text":"\\u00e1"}');
		const header = `sha256=${createHmac('sha256', 'app secret').update(bytes).digest('hex')}`;

		expect(library.verifyMetaSignature(bytes, header, 'app secret')).toBe(true);
		expect(library.verifyMetaSignature(bytes.subarray(1), header, 'app secret')).toBe(false);
		expect(library.verifyMetaSignature(bytes, header, '')).toBe(false);
	});

	test('B3: given a sentence of the client, classify says what is wanted, how sure it is and why', () => {
		const { intent, confidence, matched, entities } = library.classify('necesito cotizar 20 portátiles');

		expect(intent).toBe('quotation');
		expect(confidence).toBeGreaterThan(0.5);
		expect(confidence).toBeLessThanOrEqual(1);
		expect(matched.length).toBeGreaterThan(0);
		expect(entities).toEqual(expect.any(Object));
	});

	test('a new conversation is data: it survives being written and read', () => {
		const state = library.newConversation(library.profiles.prosuministros);

		expect(JSON.parse(JSON.stringify(state))).toEqual(state);
	});
});
