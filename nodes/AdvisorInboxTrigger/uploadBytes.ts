import type { Readable } from 'node:stream';

import { Refusal } from '../shared/usecases/inbox/refusal';

const MEGABYTE = 1024 * 1024;

export interface UploadBounds {
	/** Bytes. */
	readonly limit: number;
	/** So long may pass without a byte, and so long may all of it take, ms. */
	readonly pauseMs: number;
	readonly totalMs: number;
}

/** A request whose body may or may not have been read. */
export type UploadRequest = Readable & {
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly rawBody?: Buffer;
};

function tooLarge(limit: number): Refusal {
	return new Refusal(413, {
		message: 'The file is too large',
		description: `This inbox takes ${limit / MEGABYTE} MB at most; whoever runs n8n can allow more in 'Allowed Upload Size'.`,
		code: 'uploadTooLarge',
		values: { most: limit / MEGABYTE },
	});
}

/**
 * The bytes of an upload, counted while they come: what a sender says of the length is only a first check.
 * @throws Refusal for what is too large, too slow, or ends too early
 */
export async function uploadBytes(request: UploadRequest, { limit, pauseMs, totalMs }: UploadBounds): Promise<Buffer> {
	if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
	if (request.rawBody !== undefined) {
		if (request.rawBody.length > limit) throw tooLarge(limit);
		return request.rawBody;
	}
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const end = (finish: () => void): void => {
			clearTimeout(pause);
			clearTimeout(total);
			request.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
			finish();
		};
		const onSlow = (): void =>
			end(() =>
				reject(
					new Refusal(400, { message: 'The file took too long', description: 'Send it again.', code: 'uploadSlow' }),
				),
			);
		const onData = (chunk: Buffer): void => {
			size += chunk.length;
			if (size > limit) {
				end(() => reject(tooLarge(limit)));
				return;
			}
			pause.refresh();
			chunks.push(chunk);
		};
		const onEnd = (): void => end(() => resolve(Buffer.concat(chunks)));
		const onCut = (): void =>
			end(() =>
				reject(
					new Refusal(400, {
						message: 'The file did not arrive whole',
						description: 'Send it again.',
						code: 'uploadCut',
					}),
				),
			);
		const pause = setTimeout(onSlow, pauseMs);
		const total = setTimeout(onSlow, totalMs);
		request.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
	});
}
