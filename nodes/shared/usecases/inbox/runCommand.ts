import { createHash } from 'node:crypto';

import { customerName } from '../../domain/identity/knownName';
import { COMMANDS, type CommandInput, type CommandName } from '../../domain/inbox/requests';
import { InvalidInput } from '../../domain/invalidInput';
import { getContact } from '../../store/repositories/contacts';
import { getInboxCommand, insertInboxCommand, type InboxCommandRow } from '../../store/repositories/inboxCommands';
import { appendJournal } from '../../store/repositories/journal';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { journalTopic } from '../emit/journalTopic';
import { checkedInput } from './checkedInput';
import { HANDLERS, type SessionCommand } from './commands/handlers';
import type { Command, CommandContext, CustomerCommand, DeskCommand, Done, Subject } from './commands/command';
import type { InboxServices } from './queries/query';
import { Refusal, refusalOfInput } from './refusal';
import { assertMay, type Viewer } from './viewer';

export interface CommandRequest {
	readonly command: CommandName;
	/** The same id is the same wish, however often it arrives. */
	readonly requestId: string;
	/** As it came; it is checked here. */
	readonly input: unknown;
	/** The inbox's trigger, on whose outputs the command goes on. */
	readonly webhookId: string;
	/** Of the browser, for the bitácora. */
	readonly address?: string;
}

/** The same request was done in the meantime: nothing of this one is kept. */
class AlreadyDone extends Error {}

/** The same JSON in the same order gives the same digest: schemas write their fields in their own order. */
function digestOf(command: CommandName, input: unknown): string {
	return createHash('sha256')
		.update(`${command}\n${JSON.stringify(input)}`)
		.digest('hex');
}

function repeated(row: InboxCommandRow, viewer: Viewer, digest: string): unknown {
	if (row.advisor_id === viewer.advisorId && row.digest === digest) return JSON.parse(row.answer);
	throw new Refusal(409, {
		message: 'This request id was used for something else',
		description: 'Load the page again and repeat what you wanted to do.',
		code: 'requestUsed',
	});
}

interface Running<Name extends CommandName> {
	readonly context: CommandContext;
	readonly name: Name;
	readonly input: CommandInput<Name>;
	readonly digest: string;
}

/** What the workflow gets of a click: our ids, who did what, and flat words. */
async function journal(
	tx: StoreTransaction,
	{ context, name }: Running<CommandName>,
	done: Done,
	subject: Subject | undefined,
): Promise<void> {
	if (done.output === undefined) return;
	const { store, viewer, requestId, webhookId } = context;
	const { conversation, contactId } = subject ?? {};
	const contact = contactId === undefined ? undefined : await getContact(tx, store.workspaceId, contactId);
	const now = store.now();
	await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: webhookId,
		channel_id: conversation?.channel_id ?? null,
		output: done.output,
		contact_id: contactId ?? null,
		conversation_id: conversation?.id ?? null,
		message_id: null,
		dedupe_key: `command:${requestId}`,
		payload: JSON.stringify({
			crm: {
				workspaceId: store.workspaceId,
				webhookId,
				channelId: conversation?.channel_id,
				contactId,
				conversationId: conversation?.id,
				requestId,
				outboxIds: done.outboxIds ?? [],
			},
			command: name,
			at: new Date(now).toISOString(),
			advisor: viewer.name,
			advisorId: viewer.advisorId,
			...(contact === undefined
				? {}
				: { customer: customerName(contact), phone: contact.phone ?? undefined, email: contact.email ?? undefined }),
			...done.item,
		}),
		created_at: now,
	});
}

async function record(
	tx: StoreTransaction,
	running: Running<CommandName>,
	done: Done,
	subject: Subject | undefined,
): Promise<void> {
	const { store, viewer, requestId } = running.context;
	const isFirst = await insertInboxCommand(tx, store, {
		request_id: requestId,
		advisor_id: viewer.advisorId,
		digest: running.digest,
		answer: JSON.stringify(done.answer),
	});
	if (!isFirst) throw new AlreadyDone();
	await journal(tx, running, done, subject);
}

async function runForCustomer<Name extends CommandName>(
	running: Running<Name>,
	command: CustomerCommand<Name>,
): Promise<unknown> {
	const { context, input, digest } = running;
	const { store, viewer, requestId } = context;
	if (command.permission !== undefined) assertMay(viewer, command.permission);
	await command.before?.(context, input);
	const { contactId } = await command.locate(store.db, context, input);
	const prepared = { ...context, ...(await command.prepare?.(context, input)) };
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx): Promise<unknown> => {
		const before = await getInboxCommand(tx, store.workspaceId, requestId);
		if (before) return repeated(before, viewer, digest);
		const subject = await command.locate(tx, prepared, input);
		if (subject.contactId !== contactId) {
			throw new Refusal(409, {
				message: 'The customer was merged meanwhile',
				description: 'Try again.',
				code: 'mergedMeanwhile',
			});
		}
		const done = await command.run(tx, prepared, subject, input);
		await record(tx, running, done, subject);
		return done.answer;
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The command was not done');
	return result.value;
}

async function runForDesk<Name extends CommandName>(
	running: Running<Name>,
	command: DeskCommand<Name>,
): Promise<unknown> {
	const { context, input } = running;
	const { permission } = command;
	const needed = typeof permission === 'function' ? permission(context, input) : permission;
	if (needed !== undefined) assertMay(context.viewer, needed);
	return await command.run(context, input, (done) => async (tx) => await record(tx, running, done, undefined));
}

async function perform<Name extends Exclude<CommandName, SessionCommand>>(
	store: Store,
	viewer: Viewer,
	name: Name,
	request: CommandRequest,
	services: InboxServices,
): Promise<unknown> {
	const input = checkedInput<CommandInput<Name>>(COMMANDS[name], request.input);
	const digest = digestOf(name, input);
	const before = await getInboxCommand(store.db, store.workspaceId, request.requestId);
	if (before) return repeated(before, viewer, digest);
	const { profile } = await profileInForce(store);
	const context: CommandContext = {
		store,
		viewer,
		services,
		profile,
		requestId: request.requestId,
		webhookId: request.webhookId,
		actor: `advisor:${viewer.advisorId}`,
		address: request.address,
	};
	const running: Running<Name> = { context, name, input, digest };
	const command: Command<Name> = HANDLERS[name];
	try {
		return command.about === 'customer' ? await runForCustomer(running, command) : await runForDesk(running, command);
	} catch (error) {
		// The same wish may have been fulfilled meanwhile, which is also why this one could not be.
		const done = await getInboxCommand(store.db, store.workspaceId, request.requestId);
		if (done) return repeated(done, viewer, digest);
		throw error instanceof InvalidInput ? refusalOfInput(error) : error;
	} finally {
		store.signal(journalTopic(request.webhookId));
	}
}

/**
 * Does what somebody asks for in the inbox: once for a request id, in one transaction with its line in the bitácora and the
 * row that the inbox's trigger emits. What does not exist and what is not for these eyes get the same answer.
 * @throws Refusal
 */
export async function runCommand(
	store: Store,
	viewer: Viewer,
	request: CommandRequest,
	services: InboxServices = {},
): Promise<unknown> {
	const { command } = request;
	if (command === 'logOut' || command === 'changePassword') {
		throw new Refusal(400, { message: 'Sessions are the business of whoever serves the page' });
	}
	return await perform(store, viewer, command, request, services);
}
