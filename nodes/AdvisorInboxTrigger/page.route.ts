import type { IWebhookFunctions } from 'n8n-workflow';

import { windowSources } from '../shared/domain/wazzup/windowOrigins';
import { allowFrames, answerEmpty, type Response } from './answers';
import { pageAsset, pageHtml } from './pageFiles';
import { header, type Request } from './requests';
import { wazzupCredential } from './services';

/** The page itself: the same for everybody, logged in or not. */
export async function answerPage(context: IWebhookFunctions, response: Response): Promise<void> {
	const wazzup = await wazzupCredential(context);
	if (wazzup !== undefined) allowFrames(response, windowSources(wazzup.baseUrl));
	const html = await pageHtml();
	response.status(200).setHeader('Content-Type', 'text/html; charset=utf-8');
	response.end(html);
}

export async function answerAsset(request: Request, response: Response, name: string): Promise<void> {
	const asset = await pageAsset(name);
	if (!asset) {
		answerEmpty(response, 404);
		return;
	}
	const tag = `"${asset.hash}"`;
	response.setHeader('Cache-Control', asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
	response.setHeader('ETag', tag);
	response.removeHeader('Vary');
	if (header(request, 'if-none-match') === tag) {
		answerEmpty(response, 304);
		return;
	}
	response.status(200).setHeader('Content-Type', asset.contentType);
	response.end(asset.bytes);
}
