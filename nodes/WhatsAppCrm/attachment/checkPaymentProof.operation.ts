import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { readPrice } from '../../shared/domain/knowledge/readItem';
import { optionalWords, parameter } from '../../shared/n8n/parameters';
import { getAttachment, type AttachmentRow } from '../../shared/store/repositories/attachments';
import type { Store } from '../../shared/store/store';
import { checkReadProof } from '../../shared/usecases/paymentProofs/checkPaymentProof';
import type { WhatsAppCrmOperation } from '../services';
import { attachmentField } from './attachmentField';
import { attachmentIdOf } from './attachmentIdOf';

function amountIn(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const amount = Number(readPrice(text));
	if (amount > 0) return amount;
	throw new InvalidInput({
		message: `'Amount' is no amount: '${text}'`,
		description: 'Write it as a number, for example 250.000, or leave it empty.',
		parameter: 'Amount',
	});
}

const noFile = (): InvalidInput =>
	new InvalidInput({
		message: "'Attachment' is no file that a customer sent and that is stored",
		description: 'Choose another one, or connect this node behind the one that stores it.',
		parameter: 'Attachment',
	});

async function existingFile(store: Store, attachmentId: string): Promise<AttachmentRow> {
	const attachment = await getAttachment(store.db, store.workspaceId, attachmentId);
	if (attachment === undefined) throw noFile();
	return attachment;
}

export const checkPaymentProofOperation: WhatsAppCrmOperation = {
	value: 'checkPaymentProof',
	name: 'Check Payment Proof',
	action: 'Check payment proof',
	description:
		'Hold what was read from a receipt against signed payments and earlier files; nothing is confirmed by it',
	// It writes to the team.
	needsApproval: true,
	properties: [
		attachmentField,
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 250.000',
			description: 'What the receipt says was paid, as a model or a person read it. Empty when it was not read.',
		},
		{
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: 'e.g. pi_3PgafTB7WZ01zgkW',
			description:
				'The number of the payment on the receipt. The same receipt in another picture is known by it. Empty when it was not read.',
		},
		{
			displayName:
				"Files that a customer means as proof are checked by themselves when they are stored. This is for what a model has read from one: connect it behind n8n's own node that reads pictures.",
			name: 'checkPaymentProofNotice',
			type: 'notice',
			default: '',
		},
	],
	customerOf: async (context, { store }) => (await existingFile(store, attachmentIdOf(context))).contact_id,
	async execute(context, { store }) {
		const attachment = await existingFile(store, attachmentIdOf(context));
		const amount = amountIn(parameter(context, 'amount', 'Amount', optionalWords));
		const reference = parameter(context, 'reference', 'Reference', optionalWords)?.trim();
		const read = { ...(amount === undefined ? {} : { amount }), ...(reference === undefined ? {} : { reference }) };
		const { crm } = context.item.json;
		const carried: IDataObject = { ...(crm === undefined ? {} : { crm }), attachmentId: attachment.id, ...read };
		if (context.manual) return { simulated: true, ...carried };
		const checked = await checkReadProof(store, attachment, read);
		if (checked === undefined) throw noFile();
		const { verdict, paymentId, usedBy, usedInCase, text } = checked;
		return {
			...carried,
			verdict,
			paymentId: paymentId ?? null,
			usedBy: usedBy ?? null,
			usedInCase: usedInCase ?? null,
			text,
		};
	},
};
