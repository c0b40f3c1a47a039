import type { Permission } from '../../../domain/inbox/permissions';
import type { CommandInput, CommandName, InboxClick } from '../../../domain/inbox/requests';
import type { TemplateView } from '../../../domain/inbox/views';
import type { BusinessProfile } from '../../../domain/profile/businessProfile';
import type { InboxConversationRow } from '../../../store/repositories/inboxConversations';
import type { Executor, Store, StoreTransaction } from '../../../store/store';
import type { AlsoInside } from '../../alsoInside';
import type { InboxServices } from '../queries/query';
import type { Viewer } from '../viewer';

/** What a command is told of who gives it. */
export interface CommandContext {
	readonly store: Store;
	readonly viewer: Viewer;
	readonly services: InboxServices;
	readonly profile: BusinessProfile;
	/** One request has one effect. */
	readonly requestId: string;
	/** The inbox's trigger. */
	readonly webhookId: string;
	/** For the bitácora: `advisor:<id>`. */
	readonly actor: string;
	/** From where: the browser's address, where it is known. */
	readonly address?: string;
	/** What was learnt before the transaction: the template that a reply is written with, as WhatsApp knows it. */
	readonly template?: TemplateView;
}

/** Whom a command is about. */
export interface Subject {
	readonly contactId: string;
	/** Absent: the contact has no conversation that the workflow would need. */
	readonly conversation?: InboxConversationRow;
}

/** What was done. */
export interface Done {
	/** What the page is answered, now and when it asks again: ids and figures, never words of people. */
	readonly answer: Readonly<Record<string, unknown>>;
	/** The branch of the workflow that it leaves on, and what the item says. */
	readonly output?: InboxClick;
	readonly item?: Readonly<Record<string, unknown>>;
	readonly outboxIds?: readonly string[];
}

/** A command about a customer: done in one transaction under the customer's lock. */
export interface CustomerCommand<Name extends CommandName> {
	readonly about: 'customer';
	readonly permission?: Permission;
	/** Makes what has to be there before anybody can be found, in a transaction of its own; may be done twice. */
	readonly before?: (context: CommandContext, input: CommandInput<Name>) => Promise<void>;
	/** Finds whom it is about. @throws Refusal 404 for what is not for these eyes */
	readonly locate: (executor: Executor, context: CommandContext, input: CommandInput<Name>) => Promise<Subject>;
	/** What has to be known from outside of the store; asked before the transaction. */
	readonly prepare?: (context: CommandContext, input: CommandInput<Name>) => Promise<Pick<CommandContext, 'template'>>;
	readonly run: (
		tx: StoreTransaction,
		context: CommandContext,
		subject: Subject,
		input: CommandInput<Name>,
	) => Promise<Done>;
}

/** A command about the desk itself. `once` belongs into its transaction: it writes down that the request was done. */
export interface DeskCommand<Name extends CommandName> {
	readonly about: 'desk';
	readonly permission?: Permission | ((context: CommandContext, input: CommandInput<Name>) => Permission | undefined);
	readonly run: (
		context: CommandContext,
		input: CommandInput<Name>,
		once: (done: Done) => AlsoInside,
	) => Promise<unknown>;
}

export type Command<Name extends CommandName> = CustomerCommand<Name> | DeskCommand<Name>;
