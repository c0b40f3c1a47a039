import { InvalidInput } from '../../domain/invalidInput';
import { isActiveState, transportName } from '../../domain/wazzup/chatTypes';
import { RequestFailure } from '../../http/failure';
import type { Channel } from './channels';
import { createWazzupClient, type WazzupClient } from './client';
import { readWazzupCredential } from './credential';
import { SIDECAR_KEY } from './errorTable';

/** What the credential's Test button says. */
export interface CredentialCheck {
	readonly ok: boolean;
	readonly message: string;
}

/** Says which channels the key sees, and which parts of Wazzup are closed to it. Never throws. */
export async function checkWazzupCredential(values: unknown): Promise<CredentialCheck> {
	try {
		const client = createWazzupClient(readWazzupCredential(values));
		const channels = await client.listChannels();
		const closed = await closedRoutes(client);
		return { ok: true, message: `Connected. Channels: ${inWords(channels)}.${closed}` };
	} catch (error) {
		if (error instanceof InvalidInput || error instanceof RequestFailure) {
			return { ok: false, message: `${error.message}. ${error.description ?? 'Check the credential.'}` };
		}
		return {
			ok: false,
			message: `The credential could not be tested. ${error instanceof Error ? error.message : String(error)}`,
		};
	}
}

function inWords(channels: readonly Channel[]): string {
	if (channels.length === 0) return 'none yet';
	return channels
		.map(({ transport, plainId, name, state }) => {
			const label = [transportName(transport), name ?? plainId].filter((part) => part !== undefined && part !== '');
			return isActiveState(state) ? label.join(' ') : `${label.join(' ')} (${state})`;
		})
		.join(', ');
}

async function closedRoutes(client: WazzupClient): Promise<string> {
	try {
		await client.users.list();
		return '';
	} catch (error) {
		if (error instanceof RequestFailure && error.code === 'FORBIDDEN') return ` ${SIDECAR_KEY}`;
		throw error;
	}
}
