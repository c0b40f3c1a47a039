import { createWhatsAppClient } from '../../clients/whatsapp/client';
import { RequestFailure } from '../../http/failure';
import type { LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import { detailOf, isPassing, LinkingStop, move, type LinkingContext } from './linkingStep';

const CODE_LIFETIME = 30_000;

/** The code of the dialog becomes the token of the advisor's account. Meta takes a code once, within 30 s. */
export async function exchangeCode(context: LinkingContext, row: LinkedNumberRow): Promise<void> {
	const { store, credential } = context;
	const tooLate = store.now() - (row.onboarded_at ?? 0) > CODE_LIFETIME;
	if (row.code === null || row.redirect_uri === null || tooLate) throw new LinkingStop('code_expired');
	try {
		const token = await createWhatsAppClient(credential).exchangeCode({
			code: store.decrypt(row.code),
			redirectUri: row.redirect_uri,
		});
		await move(context, row, { state: 'authorized', access_token: store.encrypt(token), code: null });
	} catch (error) {
		if (!(error instanceof RequestFailure) || isPassing(error)) throw error;
		if (error.subcode === '36007') throw new LinkingStop('code_expired');
		if (error.subcode === '36009') throw new LinkingStop('code_used');
		throw new LinkingStop(
			/client secret|application/i.test(detailOf(error) ?? '') ? 'app_refused' : 'refused',
			detailOf(error),
		);
	}
}
