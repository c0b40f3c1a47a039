import type { Account } from './account';
import type { Checkout } from './checkout';
import { checkMetadata, textAt, textsAt } from './form';
import type { MoneyBack } from './moneyBack';
import { paymentsOf, subscriptionOf } from './invoices';
import { invalid, unrecognized } from './stripeError';
import type { Form, StripeObject } from './types';
import type { WebhookEndpoints } from './webhookEndpoints';

export interface World {
	readonly account: Account;
	readonly checkout: Checkout;
	readonly moneyBack: MoneyBack;
	readonly webhookEndpoints: WebhookEndpoints;
}

const LISTS = new Map(
	Object.entries({
		'/payment_links': 'payment_link',
		'/checkout/sessions': 'checkout.session',
		'/refunds': 'refund',
		'/prices': 'price',
		'/webhook_endpoints': 'webhook_endpoint',
		'/payment_intents': 'payment_intent',
		'/disputes': 'dispute',
		'/invoices': 'invoice',
		'/invoice_payments': 'invoice_payment',
		'/subscriptions': 'subscription',
		'/events': 'event',
	}),
);

/** The filters of lists that are compared as they are. */
const FILTERS = ['payment_link', 'payment_intent', 'invoice', 'status', 'active'] as const;

/** The subscription that a session has made, or an invoice is of. */
const subscriptionFor = (row: StripeObject): unknown =>
	row.object === 'invoice' ? subscriptionOf(row) : row.subscription;

/** What a request of the API comes to. @throws StripeError when Stripe refuses it */
export function answerApi(world: World, method: string, path: string, query: URLSearchParams, form: Form): unknown {
	if (method === 'DELETE') return remove(world, path);
	if (method !== 'POST') return read(world, path, query);
	checkMetadata(form);
	if (form.permission_check !== undefined) throw invalid('Received unknown parameter: permission_check');
	return change(world, path, form);
}

function read({ account }: World, path: string, query: URLSearchParams): unknown {
	if (path === '/account') {
		return {
			id: 'acct_1PgafTB7WZ01zgkW',
			object: 'account',
			country: 'US',
			charges_enabled: true,
			settings: { dashboard: { display_name: 'PROSUMINISTROS' } },
		};
	}
	const object = LISTS.get(path);
	if (object === undefined) return shown(account, account.get(decodeURIComponent(path.split('/').at(-1) ?? '')), query);
	const limit = Number(query.get('limit') ?? 10);
	if (limit < 1 || limit > 100)
		throw invalid('Invalid integer: limit', { code: 'parameter_invalid_integer', param: 'limit' });
	const filters = FILTERS.flatMap((name) => {
		const value = query.get(name);
		return value === null ? [] : [[name, value] as const];
	});
	const payment = query.get('payment[payment_intent]');
	const isPaymentOf = (row: StripeObject): boolean =>
		payment === null || (row.payment as { readonly payment_intent: string }).payment_intent === payment;
	const subscription = query.get('subscription');
	const since = Number(query.get('created[gte]') ?? 0);
	const until = Number(query.get('created[lte]') ?? Infinity);
	const rows = account
		.all(object)
		.reverse()
		.filter(
			(row) =>
				row.created >= since &&
				row.created <= until &&
				isPaymentOf(row) &&
				(subscription === null || subscriptionFor(row) === subscription) &&
				filters.every(([name, value]) => String(row[name]) === value),
		);
	const after = query.get('starting_after');
	const start = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
	const data = rows.slice(start, start + limit).map((row) => shown(account, row, query));
	return { object: 'list', url: `/v1${path}`, has_more: rows.length > start + limit, data };
}

function shown(account: Account, found: StripeObject, query: URLSearchParams): unknown {
	const face = account.face(found);
	for (const [name, value] of query) {
		const field = value.split('.').at(-1) ?? '';
		if (name.startsWith('expand') && field === 'payments') {
			face.payments = {
				object: 'list',
				has_more: false,
				data: paymentsOf(account, found.id).map((row) => account.face(row)),
			};
		}
		const inside = account.find(face[field]);
		if (name.startsWith('expand') && inside !== undefined) face[field] = account.face(inside);
	}
	return face;
}

function change({ account, checkout, moneyBack, webhookEndpoints }: World, path: string, form: Form): unknown {
	const [, first, id, last] = path.split('/');
	if (path === '/payment_links') return account.face(checkout.createLink(form));
	if (path === '/checkout/sessions') return checkout.createSession(form);
	if (path === '/refunds') {
		const amount = textAt(form, 'amount');
		return moneyBack.refund(textAt(form, 'payment_intent') ?? '', amount === undefined ? undefined : Number(amount), {
			reason: textAt(form, 'reason'),
			metadata: textsAt(form, 'metadata'),
		});
	}
	if (path === '/webhook_endpoints') return webhookEndpoints.create(form);
	if (first === 'webhook_endpoints' && id !== undefined) return webhookEndpoints.update(id, form);
	if (first === 'payment_links' && id !== undefined)
		return account.face(Object.assign(account.get(id), { active: form.active === 'true' }));
	if (first === 'checkout' && last !== undefined && path.endsWith('/expire')) return checkout.expireByRequest(last);
	throw unrecognized('POST', path);
}

function remove({ account, webhookEndpoints }: World, path: string): unknown {
	const { id, object } = account.get(path.split('/').at(-1) ?? '');
	if (object !== 'webhook_endpoint') throw unrecognized('DELETE', path);
	return webhookEndpoints.delete(id);
}
