import dns from 'node:dns/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');

describe('files that people sent on a channel of Wazzup (B11)', () => {
	let api: Server;
	let other: Server;
	let client: WazzupClient;
	let asked: IncomingMessage[];
	let otherAsked: number;
	let answer: (request: IncomingMessage, response: ServerResponse) => void;

	const listen = async (server: Server): Promise<void> =>
		await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const at = (server: Server, path = '/file/foto.png') =>
		`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
	const serve = (status: number, body: Buffer | string = PNG, headers: Record<string, string> = {}) => {
		answer = (_request, response) => void response.writeHead(status, headers).end(body);
	};
	const fetchFile = async (url = at(api), maxBytes?: number) => await client.downloadMessageFile({ url, maxBytes });

	beforeEach(async () => {
		[asked, otherAsked] = [[], 0];
		serve(200);
		api = createServer((request, response) => {
			asked.push(request);
			answer(request, response);
		});
		other = createServer((_request, response) => {
			otherAsked += 1;
			response.end('secret of the neighbour');
		});
		await Promise.all([listen(api), listen(other)]);
		client = createWazzupClient(readWazzupCredential({ apiKey: 'the-secret-key', baseUrl: at(api, '/v3') }), {
			sendTimeoutMs: 500,
		});
	});
	afterEach(async () => {
		jest.restoreAllMocks();
		for (const server of [api, other]) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	});

	it('are fetched as they are, named by their own bytes, and the key goes nowhere', async () => {
		serve(200, PNG, { 'content-type': 'application/octet-stream' });
		const file = await fetchFile();
		expect(file).toMatchObject({ mimeType: 'image/png', size: PNG.length });
		expect(file.bytes.equals(PNG)).toBe(true);
		expect(asked[0]?.headers.authorization).toBeUndefined();
	});

	it('what the bytes do not say themselves is what the server says', async () => {
		serve(200, Buffer.from([0, 1, 2, 3]), { 'content-type': 'application/x-thing; charset=binary' });
		expect((await fetchFile()).mimeType).toBe('application/x-thing');
	});

	it.each([401, 403, 404, 410])('a link that answers %i has expired, and that is said', async (status) => {
		serve(status, 'gone');
		await expect(fetchFile()).rejects.toMatchObject({
			status: 410,
			message: 'Download file: the link has expired, Wazzup does not give the file any more',
			description: expect.stringContaining('ask the customer to send it again'),
		});
	});

	it('a page that says that the file is gone is not kept as the file', async () => {
		serve(200, '<html><body>Link expired</body></html>', { 'content-type': 'text/html; charset=utf-8' });
		await expect(fetchFile()).rejects.toMatchObject({ status: 410 });
	});

	it.each([
		['announced', { 'content-length': '2000' }],
		['not announced', {}],
	])('a file that is too large is cut, its size %s', async (_how, headers: Record<string, string>) => {
		serve(200, Buffer.alloc(2000), headers);
		await expect(fetchFile(at(api), 1000)).rejects.toThrow('the file is larger than 1000 bytes');
	});

	it('a server that fails for now is asked again later: it is no expired link', async () => {
		serve(503, '');
		await expect(fetchFile()).rejects.toMatchObject({ kind: 'temporary', status: 503 });
	});

	describe('a link that leads inside', () => {
		it.each([
			['https://127.0.0.1/admin'],
			['https://localhost/admin'],
			['https://[::1]/admin'],
			['https://[::ffff:127.0.0.1]/admin'],
			['https://10.0.0.8/'],
			['https://169.254.169.254/latest/meta-data/'],
			['https://192.168.1.1/'],
			['https://metadata.internal/'],
			['https://2130706433/'],
			['https://0x7f.1/'],
			['http://example.com/foto.png'],
			['ftp://example.com/foto.png'],
			['file:///etc/passwd'],
			['https://user:password@example.com/foto.png'],
		])('is not followed: %s', async (url) => {
			const resolving = jest.spyOn(dns, 'lookup');
			await expect(fetchFile(url)).rejects.toMatchObject({ kind: 'rejected' });
			expect(resolving).not.toHaveBeenCalled();
		});

		it('nor by a redirect from where files may lie', async () => {
			serve(302, '', { location: at(other) });
			await expect(fetchFile()).rejects.toThrow(/not encrypted|private network/);
			serve(302, '', { location: `https://127.0.0.1:${(other.address() as AddressInfo).port}/` });
			await expect(fetchFile()).rejects.toThrow(/private network/);
			expect(otherAsked).toBe(0);
		});

		it.each([
			['to this machine', ['127.0.0.1']],
			['to a private network', ['10.1.2.3']],
			['to both a public and a private address', ['93.184.216.34', '10.1.2.3']],
			['to nothing', []],
		])('nor by a name that resolves %s', async (_where, addresses) => {
			jest
				.spyOn(dns, 'lookup')
				.mockImplementation(
					(async () => await Promise.resolve(addresses.map((address) => ({ address, family: 4 })))) as never,
				);
			await expect(fetchFile('https://files.example.com/foto.png')).rejects.toThrow(
				"the link leads to 'files.example.com', which is in a private network",
			);
		});

		it('and a chain of redirects ends', async () => {
			answer = (_request, response) => void response.writeHead(302, { location: at(api) }).end();
			await expect(fetchFile()).rejects.toThrow('passed on too many times');
			expect(asked.length).toBeLessThan(10);
		});
	});
});
