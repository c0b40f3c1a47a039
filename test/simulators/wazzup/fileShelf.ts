import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface ShelvedFile {
	readonly bytes: Buffer;
	readonly contentType: string;
}

/** Where Wazzup keeps the files of messages: whoever has the link gets the file, until the link expires. */
export class FileShelf {
	private readonly files = new Map<string, ShelvedFile | 'expired'>();

	/** Path of the link. */
	put(name: string, bytes: Buffer, contentType: string): string {
		const path = `/files/${randomUUID()}/${encodeURIComponent(name)}`;
		this.files.set(path, { bytes, contentType });
		return path;
	}

	expire(path: string): void {
		this.files.set(path, 'expired');
	}

	/** Whether the request was for a file. */
	serve(message: IncomingMessage, response: ServerResponse): boolean {
		const { pathname } = new URL(message.url ?? '/', 'http://127.0.0.1');
		if (!pathname.startsWith('/files/')) return false;
		const file = this.files.get(pathname);
		if (file === undefined) response.writeHead(404).end();
		else if (file === 'expired') response.writeHead(403, { 'Content-Type': 'application/xml' }).end('<Error/>');
		else response.writeHead(200, { 'Content-Type': file.contentType }).end(file.bytes);
		return true;
	}
}
