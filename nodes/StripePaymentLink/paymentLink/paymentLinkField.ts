import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { listPaymentLinks } from '../../shared/clients/stripe/paymentLinks';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { toNodeError } from '../../shared/n8n/errors';
import type { OperationContext } from '../../shared/n8n/operation';
import { chooseFromList, parameter, words } from '../../shared/n8n/parameters';
import { paymentOfProvider } from '../../shared/store/repositories/payments';
import { stripeOf, type StripePaymentLinkServices } from '../services';

const PAGE = 50;

export const paymentLinkField: INodeProperties = {
	displayName: 'Payment Link',
	name: 'paymentLink',
	type: 'resourceLocator',
	default: chooseFromList,
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a payment link…',
			typeOptions: { searchListMethod: 'searchPaymentLinks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. plink_1Pgc78B7WZ01zgkWC75kX0jg',
			validation: [
				{ type: 'regex', properties: { regex: '^plink_\\w+$', errorMessage: 'A payment link ID begins with plink_' } },
			],
		},
	],
};

/** @throws InvalidInput when none is chosen. */
export function paymentLinkIdOf(context: OperationContext): string {
	const id = parameter(context, 'paymentLink', 'Payment Link', words).trim();
	if (/^plink_\w+$/.test(id)) return id;
	throw new InvalidInput({
		message: id === '' ? "'Payment Link' is empty" : `'Payment Link' is no ID of a payment link: '${id.slice(0, 40)}'`,
		description: 'Choose a payment link from the list, or give the ID that Payment Link: Create returned.',
		parameter: 'Payment Link',
	});
}

/** Whose payment link it is, as the desk knows. */
export async function paymentLinkCustomer(
	context: OperationContext,
	{ store }: StripePaymentLinkServices,
): Promise<string | undefined> {
	const payment = await paymentOfProvider(store.db, store.workspaceId, 'stripe', paymentLinkIdOf(context));
	return payment?.contact_id ?? undefined;
}

/** Active links for the list; what Stripe refuses is shown, never an empty list. */
export async function searchPaymentLinks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const links = await listPaymentLinks(await stripeOf(this), { active: true, after: paginationToken, limit: PAGE });
		const wanted = (filter ?? '').toLowerCase();
		return {
			results: links
				.map(({ id, url, currency, metadata }) => ({
					name: [metadata.request_id, currency.toUpperCase(), url].filter(Boolean).join(' · '),
					value: id,
					url,
				}))
				.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
			...(links.length < PAGE ? {} : { paginationToken: links.at(-1)?.id }),
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
