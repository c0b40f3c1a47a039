import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import arrows from './arrows.json';
import { projectFolder } from './registered';

/** A source file by its path from the project's root, with forward slashes. */
export interface SourceFile {
	readonly file: string;
	readonly text: string;
}

const floors: readonly string[][] = arrows.floors;
const rooms = floors.flat();
const floorOf = (room: string) => floors.findIndex((floor) => floor.includes(room));
const roomsOpenTo = (room: string) => [room, ...rooms.filter((other) => floorOf(other) < floorOf(room))];

/** Where a file lives: a shared room, a node's folder, a page, the credentials, the library surface or the tests. */
interface Place {
	readonly name: string;
	readonly kind: 'room' | 'node' | 'page' | 'credentials' | 'library' | 'test' | 'outside';
}

function placeOf(file: string): Place {
	const [top, second, third] = file.split('/');
	if (file === 'index.ts') return { name: 'index.ts', kind: 'library' };
	if (top === 'test') return { name: 'test', kind: 'test' };
	if (top === 'credentials') return { name: 'credentials', kind: 'credentials' };
	if (top !== 'nodes') return { name: top, kind: 'outside' };
	if (second === 'shared') return { name: third, kind: 'room' };
	if (third === 'page') return { name: `${second}/page`, kind: 'page' };
	return { name: second, kind: 'node' };
}

/** What a place may import of ours, in the words of a sentence, or nothing to say. */
function objection(from: Place, to: Place): string | undefined {
	if (to.kind === 'test' && from.kind !== 'test') return `${from.name} is shipped and may not import tests`;
	const allowOnly = (open: readonly string[]) =>
		to.kind === 'room' && open.includes(to.name) ? undefined : `${from.name} may import only ${open.join(', ')}`;
	switch (from.kind) {
		case 'room':
			return allowOnly(roomsOpenTo(from.name));
		case 'library':
			return allowOnly(arrows.libraryRooms);
		case 'credentials':
			return to.kind === 'credentials' ? undefined : allowOnly(arrows.credentialRooms);
		case 'page':
			return to.name === from.name ? undefined : allowOnly(arrows.pageRooms);
		case 'node':
			if (to.kind === 'room' || to.name === from.name || to.name === `${from.name}/page`) return undefined;
			return to.kind === 'node' ? `a node never imports another node` : `${from.name} may import only shared rooms`;
		default:
			return undefined;
	}
}

const startsWithPackage = (specifier: string, name: string) => specifier === name || specifier.startsWith(`${name}/`);

const PROPERTIES = 'test/support/properties.ts';

function packageObjection(from: Place, specifier: string, file: string): string | undefined {
	if (startsWithPackage(specifier, 'fast-check') && file !== PROPERTIES) {
		return `only ${PROPERTIES} may import fast-check: it gives every property its seed`;
	}
	if (from.kind === 'test' || from.kind === 'outside' || from.kind === 'page') return undefined;
	const place = from.kind === 'node' ? 'nodes' : from.name;
	for (const { packages, rooms: open } of arrows.guardedPackages) {
		if (packages.some((name) => startsWithPackage(specifier, name)) && !open.includes(place)) {
			return `only ${open.join(', ')} may import ${packages.join(', ')}`;
		}
	}
	if (place === 'domain' && !arrows.domainPackages.some((name) => startsWithPackage(specifier, name))) {
		return `domain may import only ${arrows.domainPackages.join(', ')}`;
	}
	return undefined;
}

/** Every forbidden import, a sentence each: the file, what it imports, and the rule of the house. */
export function forbiddenImports(files: readonly SourceFile[]): string[] {
	return files.flatMap(({ file, text }) => {
		const from = placeOf(file);
		return importsOf(text).flatMap((specifier) => {
			const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
			const reason = specifier.startsWith('.')
				? objection(from, placeOf(target.replace(/^index$/, 'index.ts')))
				: packageObjection(from, specifier, file);
			return reason ? [`${file} imports ${target}: ${reason}`] : [];
		});
	});
}

/** All that a file imports, by whatever words: import, import type, export from, require, import(). */
export const importsOf = (text: string): string[] =>
	ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

// Written in parts, so that this file does not find itself.
const forbiddenTexts: ReadonlyArray<readonly [RegExp, string]> = [
	[new RegExp(`${'eslint'}-disable|${'@ts'}-(ignore|nocheck|expect-error)`), 'switches a check off'],
	[new RegExp(`\\b(TO${'DO'}|FIX${'ME'}|XX${'X'})\\b`), 'leaves work for later'],
	[new RegExp(`not ${'implemented'}`, 'i'), 'says that something is missing'],
	[/(?<![\w./:-])\/(work|root|Users)\//, 'names a path of one machine'],
	[/catch\s*(\([^)]*\))?\s*\{\s*\}/, 'swallows an error'],
];

/** Every text that has no place in this house, a sentence each. */
export function forbiddenWords(files: readonly SourceFile[]): string[] {
	return files.flatMap(({ file, text }) =>
		text
			.split('\n')
			.flatMap((line, index) =>
				forbiddenTexts
					.filter(([pattern]) => pattern.test(line))
					.map(([, reason]) => `${file}:${index + 1} ${reason}: ${line.trim().slice(0, 100)}`),
			),
	);
}

const patternNames = /(^|[./_-]|[a-z](?=[A-Z]))(utils?|helpers?|common|managers?|misc)(?=$|[./_-]|[A-Z])/i;

/** Files and folders named after a pattern instead of the business, a sentence each. */
export const forbiddenNames = (files: readonly SourceFile[]): string[] =>
	files
		.filter(({ file }) => patternNames.test(file))
		.map(({ file }) => `${file} is named after a pattern: name it after what it does for the business`);

const NOT_OURS = new Set(['node_modules', 'dist', '.cache', '.git', 'coverage', 'fixtures']);

/** The project's own text files of the given endings. */
export function sourceFiles(endings: RegExp, folder = ''): SourceFile[] {
	return readdirSync(path.join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
		const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : sourceFiles(endings, file);
		if (!endings.test(entry.name) || entry.name === 'package-lock.json') return [];
		return [{ file, text: readFileSync(path.join(projectFolder, file), 'utf8') }];
	});
}
