import type { ConversationDetail, LeadView } from '../../../shared/domain/inbox/views';
import { isOpenStage } from '../../../shared/domain/leads/leadStage';

/** The lead that is still being worked on; after one that was won or lost the next is a new one. */
export const openLead = ({ lead }: ConversationDetail): LeadView | undefined =>
	lead !== undefined && isOpenStage(lead.stage) ? lead : undefined;
