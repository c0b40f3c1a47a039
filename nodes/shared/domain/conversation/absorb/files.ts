import { plain } from '../../classifier/normalise';
import type { MessageContent } from '../../messages/events';
import { ownValue } from '../../ownValue';
import type { Turn } from '../turn';
import { chooseOption } from './flow';
import { POINTS_AT } from './prefill';

/** A file of any kind is kept for the case, at whatever moment it comes (D17). */
export function absorbFile(turn: Turn, messageId: string, content: MessageContent): void {
	if (content.media === undefined) return;
	if (turn.state.attachments.some((attachment) => attachment.messageId === messageId)) return;
	const attachment = { messageId, media: content.media };
	turn.files.push(attachment);
	if (content.media.type === 'sticker') turn.stickers += 1;
	turn.state.attachments = [...turn.state.attachments, attachment];
	// "lo de esta lista", and then the list.
	const product = turn.option?.questions.find(({ type }) => type === 'product');
	const { subject } = turn.state;
	if (
		product !== undefined &&
		ownValue(turn.fields, product.field) === undefined &&
		POINTS_AT.test(plain(subject ?? ''))
	)
		turn.keep(product.field, subject ?? '');
	turn.effects.push({
		kind: 'keepAttachment',
		requestId: `${turn.requestId}:attachment:${messageId}`,
		attachment,
	});
}

/** A place on the map is part of the request. */
export function absorbLocation(turn: Turn, content: MessageContent): void {
	const { latitude, longitude, name, address } = content.location ?? { latitude: 0, longitude: 0 };
	turn.keep('location', [name, address, `${latitude},${longitude}`].filter((part) => part).join(', '));
}

/** What was put in WhatsApp's cart is a request to quote it. */
export function absorbCatalogueOrder(turn: Turn, content: MessageContent): void {
	const items = content.order?.items ?? [];
	const option = turn.profile.options.find(({ intents }) => intents.includes('quotation'));
	const products = items.map(({ quantity, productRetailerId }) => `${quantity} x ${productRetailerId}`).join(', ');
	if (option !== undefined) chooseOption(turn, option);
	turn.needs.push({
		intent: 'quotation',
		confidence: 1,
		asks: true,
		text: [products, content.order?.text].filter((part) => part).join('. '),
	});
	const product = turn.option?.questions.find(({ type }) => type === 'product');
	if (product !== undefined && products !== '') turn.keep(product.field, products);
}

/** The names on shared contact cards. */
export function sharedContacts(content: MessageContent): string {
	return (content.contacts ?? [])
		.map((card) => {
			const name = typeof card === 'object' && card !== null && 'name' in card ? card.name : undefined;
			const formatted =
				typeof name === 'object' && name !== null && 'formatted_name' in name ? name.formatted_name : undefined;
			return typeof formatted === 'string' ? formatted : '';
		})
		.filter((name) => name !== '')
		.join(', ');
}
