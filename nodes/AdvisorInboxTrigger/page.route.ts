import { answerEmpty, type Response } from './answers';
import { pageAsset, pageHtml } from './pageFiles';
import { header, type Request } from './requests';

/** The page itself: the same for everybody, logged in or not. */
export async function answerPage(response: Response): Promise<void> {
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
