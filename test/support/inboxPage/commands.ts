import { businessProfileSchema, type BusinessProfile } from '../../../nodes/shared/domain/profile/businessProfile';
import { changesBetween, tellableChanges } from '../../../nodes/shared/domain/profile/diff';
import type { CommandInput, CommandName, InboxUpdate } from '../../../nodes/shared/domain/inbox/requests';
import type * as views from '../../../nodes/shared/domain/inbox/views';
import { inboundCount, NOW, type Desk, type DeskConversation } from './desk';

/** The desk says no. */
export class Refused extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

interface Circumstances {
	readonly nextId: () => string;
	/** File names by upload id. */
	readonly uploads: ReadonlyMap<string, string>;
	readonly tell: (update: InboxUpdate) => void;
	readonly requestId: string;
}

type Commands = {
	readonly [Name in CommandName]?: (desk: Desk, input: CommandInput<Name>, circumstances: Circumstances) => unknown;
};

const laura = { id: 'adv-laura', name: 'Laura Gómez' };

function conversationOf(desk: Desk, conversationId: string): DeskConversation {
	const one = desk.conversations.get(conversationId);
	if (one === undefined) throw new Refused(404, '');
	return one;
}

function changed(one: DeskConversation, to: Partial<views.ConversationSummary>, { tell }: Circumstances): void {
	one.summary = { ...one.summary, ...to, revision: one.summary.revision + 1 };
	tell({ kind: 'conversation', conversation: one.summary });
}

function add(one: DeskConversation, circumstances: Circumstances, row: Partial<views.MessageView>): views.MessageView {
	const id = circumstances.nextId();
	const at = new Date(NOW + Number(id.slice(4)) * 1000).toISOString();
	const full: views.MessageView = { kind: 'message', author: 'advisor', advisor: laura, type: 'text', ...row, id, at };
	one.rows.push(full);
	return full;
}

const event = (action: string, values: Record<string, string>): Partial<views.MessageView> => ({
	kind: 'event',
	author: 'system',
	advisor: undefined,
	type: 'event',
	event: { action, actor: 'Laura Gómez', values },
});

const caseWith = (desk: Desk, caseId: string): { one: DeskConversation; at: number } => {
	for (const one of desk.conversations.values()) {
		const at = one.detail.cases.findIndex(({ id }) => id === caseId);
		if (at !== -1) return { one, at };
	}
	throw new Refused(404, '');
};

const COMMANDS: Commands = {
	reply: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		const isOpen = Date.parse(one.summary.windowClosesAt ?? '') > NOW;
		if (!isOpen && input.template === undefined) throw new Refused(422, 'La ventana de 24 horas está cerrada.');
		const [uploadId] = input.uploadIds;
		const filename = uploadId === undefined ? undefined : circumstances.uploads.get(uploadId);
		const template = desk.templates.find(({ name }) => name === input.template?.name);
		const text =
			template === undefined
				? input.text
				: template.variables.reduce(
						(body, name, index) => body.replace(`{{${name}}}`, input.template?.values[index] ?? ''),
						template.body,
					);
		const quoted = one.rows.find(({ id }) => id === input.quotedMessageId);
		add(one, circumstances, {
			requestId: circumstances.requestId,
			direction: 'out',
			status: 'sent',
			...(text === undefined ? {} : { text }),
			...(template === undefined ? {} : { template: template.name, type: 'template' }),
			...(filename === undefined
				? {}
				: { type: 'document', attachment: { id: 'att-pdf', kind: 'document', state: 'stored', filename } }),
			...(quoted === undefined ? {} : { quoted: { id: quoted.id, author: quoted.author, preview: quoted.text ?? '' } }),
		});
		changed(
			one,
			{
				mode: 'human',
				owner: laura,
				waitingSince: undefined,
				answerDueAt: undefined,
				unread: 0,
				lastMessage: {
					author: 'advisor',
					type: 'text',
					preview: text ?? filename ?? '',
					at: one.rows.at(-1)?.at ?? '',
					status: 'sent',
				},
			},
			circumstances,
		);
		return {};
	},
	retryMessage: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		one.rows = one.rows.map((row) =>
			row.id === input.messageId ? { ...row, status: 'sent', failure: undefined } : row,
		);
		changed(one, {}, circumstances);
		return {};
	},
	note: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		add(one, circumstances, { kind: 'note', requestId: circumstances.requestId, text: input.text });
		changed(one, {}, circumstances);
		return {};
	},
	markRead: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		const since = inboundCount(one) - (input.inboundCount ?? Infinity);
		changed(one, { unread: Math.min(one.summary.unread, Math.max(0, since)) }, circumstances);
		return {};
	},
	takeOver: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		add(one, circumstances, event('conversation.bot_paused', {}));
		changed(one, { mode: 'human', owner: laura }, circumstances);
		return {};
	},
	giveBack: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		add(one, circumstances, event('conversation.bot_resumed', {}));
		changed(one, { mode: 'bot', owner: undefined, waitingSince: undefined }, circumstances);
		return {};
	},
	close: (desk, input, circumstances) => {
		changed(conversationOf(desk, input.conversationId), { mode: 'closed', waitingSince: undefined }, circumstances);
		return {};
	},
	assign: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		const { to } = input;
		const owner =
			'advisorId' in to ? desk.team.find(({ id }) => id === to.advisorId) : 'rule' in to ? desk.team[1] : undefined;
		add(one, circumstances, event('conversation.assigned', { advisor: owner?.name ?? '' }));
		changed(one, { owner: owner && { id: owner.id, name: owner.name } }, circumstances);
		return {};
	},
	createLeadOfChat: () => {
		throw new Refused(404, 'There is no such contact');
	},
	saveLead: (desk, input, circumstances) => {
		const one = conversationOf(desk, input.conversationId);
		const told = Object.fromEntries(one.preview.fields.map(({ field, after }) => [field, after ?? '']));
		const values = { ...told, ...input.values };
		const isNew = one.detail.lead === undefined;
		one.detail = {
			...one.detail,
			lead: {
				id: `lead-${input.conversationId}`,
				stage: one.detail.lead?.stage ?? 'SQL',
				score: 82,
				values,
				summary: one.preview.summary,
				keyQuestions: ['¿Manejan leasing?'],
				objections: [],
				attachments: one.preview.attachments,
				messages: one.preview.messages,
				createdAt: new Date(NOW).toISOString(),
				updatedAt: new Date(NOW).toISOString(),
			},
		};
		one.preview = {
			...one.preview,
			action: 'update',
			fields: Object.entries(values).map(([field, value]) => ({
				field,
				before: value,
				after: field === 'quantity' ? '24' : value,
				changed: field === 'quantity',
			})),
		};
		add(one, circumstances, event(isNew ? 'lead.created' : 'lead.updated', {}));
		changed(one, { leadStage: 'SQL' }, circumstances);
		return {};
	},
	changeLeadStage: (desk, input, circumstances) => {
		for (const one of desk.conversations.values()) {
			if (one.detail.lead?.id !== input.leadId) continue;
			one.detail = { ...one.detail, lead: { ...one.detail.lead, stage: input.stage } };
			changed(one, { leadStage: input.stage }, circumstances);
		}
		return {};
	},
	changeCaseStatus: (desk, input, circumstances) => {
		const { one, at } = caseWith(desk, input.caseId);
		one.detail = {
			...one.detail,
			cases: one.detail.cases.map((row, index) => (index === at ? { ...row, status: input.status } : row)),
		};
		changed(one, {}, circumstances);
		return {};
	},
	tag: (desk, input) => {
		for (const one of desk.conversations.values()) {
			if (one.detail.contact.id !== input.targetId) continue;
			const tags = [...one.detail.contact.tags.filter((tag) => !input.remove.includes(tag)), ...input.add];
			one.detail = { ...one.detail, contact: { ...one.detail.contact, tags } };
		}
		return {};
	},
	saveFollowUp: (desk, input, { nextId }) => {
		desk.followUps.push({
			id: nextId(),
			conversationId: input.conversationId,
			contactName: conversationOf(desk, input.conversationId).summary.contactName,
			text: input.text,
			dueAt: input.dueAt,
			advisor: laura,
			state: 'open',
			kind: input.kind,
		});
		return {};
	},
	endFollowUp: (desk, input) => {
		for (const one of desk.followUps) if (one.id === input.followUpId) one.state = input.state;
		return {};
	},
	decideApproval: (desk, input) => {
		const one = desk.approvals.find(({ id }) => id === input.approvalId);
		if (one?.state !== 'pending') return {};
		one.state = input.decision === 'approve' ? 'approved' : 'rejected';
		one.reason = input.reason;
		one.decidedBy = laura;
		return { approvalId: one.id, state: one.state };
	},
	readNotifications: (desk, input) => {
		for (const one of desk.notifications) if (input.all || input.notificationIds.includes(one.id)) one.read = true;
		return {};
	},
	saveDraft: (desk, input) => {
		const read = businessProfileSchema.safeParse(input.profile);
		if (!read.success) throw new Refused(422, read.error.issues[0].message);
		desk.profile = {
			...desk.profile,
			draft: read.data,
			changes: tellableChanges(changesBetween(desk.profile.published as BusinessProfile, read.data), read.data),
		};
		return {};
	},
	publishDraft: (desk) => {
		const { draft, ...others } = desk.profile;
		desk.profile = { ...others, published: draft, version: others.version + 1, changes: [] };
		return {};
	},
	discardDraft: (desk) => {
		const { draft: _draft, ...others } = desk.profile;
		desk.profile = { ...others, changes: [] };
		return {};
	},
	createLoginLink: () => ({
		url: 'https://n8n.example/webhook/demo/inbox#enlace=once-only',
		expiresAt: new Date(NOW + 15 * 60_000).toISOString(),
	}),
	retryDeadLetter: (desk, input) => {
		desk.deadLetters.splice(
			desk.deadLetters.findIndex(({ id }) => id === input.deadLetterId),
			1,
		);
		return {};
	},
	dismissDeadLetter: (desk, input) => {
		desk.deadLetters.splice(
			desk.deadLetters.findIndex(({ id }) => id === input.deadLetterId),
			1,
		);
		return {};
	},
	startSignup: () => ({ url: 'https://www.facebook.example/dialog/oauth' }),
};

/** Does what the contract let through; what has no effect on the made-up desk is only on record. */
export function carryOut<Name extends CommandName>(
	desk: Desk,
	name: Name,
	input: CommandInput<Name>,
	circumstances: Circumstances,
): unknown {
	return COMMANDS[name]?.(desk, input, circumstances) ?? {};
}
