import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * Free sockets are closed by us before the vendors' load balancers do it (theirs live 5 s and more): a request written
 * into a socket that the other side is closing ends in a reset, of which nobody knows whether it was read.
 */
const OPTIONS: AgentOptions = {
	keepAlive: true,
	timeout: 4_000,
	maxSockets: 64,
	maxFreeSockets: 16,
	scheduling: 'lifo',
};

const readySockets = new WeakSet<object>();

function markReady(socket: Duplex | null | undefined, event: 'connect' | 'secureConnect'): Duplex | null | undefined {
	socket?.once(event, () => readySockets.add(socket));
	return socket;
}

class PlainAgent extends HttpAgent {
	override createConnection(...parameters: Parameters<HttpAgent['createConnection']>): Duplex | null | undefined {
		return markReady(super.createConnection(...parameters), 'connect');
	}
}

class EncryptedAgent extends HttpsAgent {
	override createConnection(...parameters: Parameters<HttpsAgent['createConnection']>): Duplex | null | undefined {
		return markReady(super.createConnection(...parameters), 'secureConnect');
	}
}

/** Keep-alive agents that remember which of their sockets could carry a request. One pair per vendor. */
export function createAgents(): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
	return { httpAgent: new PlainAgent(OPTIONS), httpsAgent: new EncryptedAgent(OPTIONS) };
}

/** Connection attempts that ended before anything could be written, whoever made them (also inside a proxy's agent). */
const REFUSED_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
]);
const CERTIFICATE_CODES =
	/^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|HOSTNAME_MISMATCH)/;

/**
 * Whether bytes of the request may have reached the other side. Decided by the socket where it is one of ours
 * (connected, and for TLS: handshake finished), by the code of the failure where it is not.
 */
export function mayHaveBeenWritten(code: string | undefined, request: unknown): boolean {
	if (code !== undefined && (REFUSED_CODES.has(code) || CERTIFICATE_CODES.test(code))) return false;
	if (typeof request !== 'object' || request === null) return true;
	const { socket, reusedSocket, agent } = request as {
		socket?: object | null;
		reusedSocket?: boolean;
		agent?: unknown;
	};
	const ours = agent instanceof PlainAgent || agent instanceof EncryptedAgent;
	if (!ours) return true;
	return reusedSocket === true || (socket !== undefined && socket !== null && readySockets.has(socket));
}
