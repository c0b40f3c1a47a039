import type { WazzupClient } from '../../../clients/wazzup/client';
import type { WhatsAppCredential } from '../../../clients/whatsapp/credential';
import type { QueryAnswers, QueryInput, QueryName } from '../../../domain/inbox/requests';
import type { SessionView, TemplateView } from '../../../domain/inbox/views';
import type { Store } from '../../../store/store';
import type { Viewer } from '../viewer';

/** What the inbox asks of Wazzup. */
export type InboxWazzup = Pick<WazzupClient, 'credential' | 'openChatWindow' | 'getUnanswered'>;

/** What the inbox needs of the world outside of the store. */
export interface InboxServices {
	/** Approved templates of a number; absent where no credential can ask WhatsApp for them. */
	readonly templatesOf?: (channelId: string) => Promise<readonly TemplateView[]>;
	/** The team's account of Wazzup; absent where none is connected. */
	readonly wazzup?: InboxWazzup;
	/** With which linked numbers are set up. */
	readonly credential?: WhatsAppCredential;
	/** What this installation can do beyond the store. */
	readonly features?: Partial<SessionView['features']>;
	/** Address of the editor, for links to executions: `https://n8n.example.com`. */
	readonly editorUrl?: string;
}

export interface QueryContext {
	readonly store: Store;
	readonly viewer: Viewer;
	readonly services: InboxServices;
}

export type AnswerOf<Name extends QueryName> = (
	context: QueryContext,
	input: QueryInput<Name>,
) => Promise<QueryAnswers[Name]>;
