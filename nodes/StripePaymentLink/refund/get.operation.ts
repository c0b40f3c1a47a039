import type { IDataObject } from 'n8n-workflow';

import { getRefund } from '../../shared/clients/stripe/refunds';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { everybodysData } from '../../shared/n8n/everybodysData';
import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import type { StripePaymentLinkOperation } from '../services';
import { refundCard } from './refundCard';

export const getRefundOperation: StripePaymentLinkOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get refund',
	description: 'Retrieve one refund from Stripe',
	properties: [
		{
			displayName: 'Refund ID',
			name: 'refundId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. re_1Pgc72B7WZ01zgkWqPvrRrPE',
			description: 'As Refund: Create returns it',
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { stripe }) {
		const id = parameter(context, 'refundId', 'Refund ID', words).trim();
		if (!/^\w+$/.test(id)) {
			throw new InvalidInput({
				message: `'Refund ID' is no ID of a refund: '${id.slice(0, 40)}'`,
				description: 'It begins with re_; Refund: Create returns it.',
				parameter: 'Refund ID',
			});
		}
		const refund = await getRefund(stripe, id);
		return isSimplified(context) ? refundCard(refund) : (refund as unknown as IDataObject);
	},
};
