import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { PAGE_FOLDER } from './pageFolder';

const manifestSchema = z.object({
	html: z.string(),
	assets: z.record(z.string(), z.object({ contentType: z.string(), hash: z.string() })),
});

/** A file that the page is made of. */
export interface PageFile {
	readonly contentType: string;
	readonly bytes: Buffer;
	/** Of its bytes. */
	readonly hash: string;
	/** Whether its name changes with its bytes, so that a browser may keep it for ever. */
	readonly immutable: boolean;
}

interface PageFiles {
	readonly html: Buffer;
	readonly assets: ReadonlyMap<string, PageFile>;
}

let reading: Promise<PageFiles> | undefined;

/** Read once, by the names that the build wrote down: a name in a request never becomes a path. */
async function read(): Promise<PageFiles> {
	const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(PAGE_FOLDER, 'manifest.json'), 'utf8')));
	const assets = await Promise.all(
		Object.entries(manifest.assets).map(
			async ([name, { contentType, hash }]): Promise<[string, PageFile]> => [
				name,
				{
					contentType,
					hash,
					bytes: await readFile(path.join(PAGE_FOLDER, name)),
					immutable: /\.[A-Za-z0-9]{8,}\.\w+$/.test(name),
				},
			],
		),
	);
	return { html: await readFile(path.join(PAGE_FOLDER, manifest.html)), assets: new Map(assets) };
}

async function pageFiles(): Promise<PageFiles> {
	if (reading !== undefined) return await reading;
	const files = read();
	reading = files;
	// An update replaces the files while n8n runs: the next request looks again.
	files.catch(() => (reading = undefined));
	return await files;
}

export async function pageHtml(): Promise<Buffer> {
	return (await pageFiles()).html;
}

export async function pageAsset(name: string): Promise<PageFile | undefined> {
	return (await pageFiles()).assets.get(name);
}

/** Name of the file that gives the page its looks; undefined where the page was not built. */
export async function pageStyle(): Promise<string | undefined> {
	const { assets } = await pageFiles();
	return [...assets].find(([, { contentType }]) => contentType.startsWith('text/css'))?.[0];
}
