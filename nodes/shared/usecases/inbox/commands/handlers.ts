import type { CommandName } from '../../../domain/inbox/requests';
import type { Command } from './command';
import { agreeCash } from './agreeCash.command';
import { assign } from './assign.command';
import { assignCase } from './assignCase.command';
import { cancelCash } from './cancelCash.command';
import { changeCaseStatus } from './changeCaseStatus.command';
import { changeLeadStage } from './changeLeadStage.command';
import { close } from './close.command';
import { collectCash } from './collectCash.command';
import { createCase } from './createCase.command';
import { createLeadOfChat } from './createLeadOfChat.command';
import { createLoginLink } from './createLoginLink.command';
import { decideApproval } from './decideApproval.command';
import { deleteAdvisor } from './deleteAdvisor.command';
import { deleteCannedAnswer } from './deleteCannedAnswer.command';
import { discardDraft } from './discardDraft.command';
import { dismissDeadLetter } from './dismissDeadLetter.command';
import { endFollowUp } from './endFollowUp.command';
import { erasePerson } from './erasePerson.command';
import { giveBack } from './giveBack.command';
import { linkManually } from './linkManually.command';
import { markRead } from './markRead.command';
import { note } from './note.command';
import { noteCase } from './noteCase.command';
import { offerLink } from './offerLink.command';
import { publishDraft } from './publishDraft.command';
import { readNotifications } from './readNotifications.command';
import { reply } from './reply.command';
import { requestPaymentLink } from './requestPaymentLink.command';
import { requestSync } from './requestSync.command';
import { retryDeadLetter } from './retryDeadLetter.command';
import { retryMessage } from './retryMessage.command';
import { rollBack } from './rollBack.command';
import { saveAdvisor } from './saveAdvisor.command';
import { saveCannedAnswer } from './saveCannedAnswer.command';
import { saveContact } from './saveContact.command';
import { saveDraft } from './saveDraft.command';
import { saveFollowUp } from './saveFollowUp.command';
import { saveLead } from './saveLead.command';
import { setAvailability } from './setAvailability.command';
import { startSignup } from './startSignup.command';
import { tag } from './tag.command';
import { takeOver } from './takeOver.command';
import { unlinkNumber } from './unlinkNumber.command';

/** What whoever serves the page does itself, because it changes the browser's cookie. */
export type SessionCommand = 'logOut' | 'changePassword';

/** A command without somebody who does it does not compile. */
export const HANDLERS: { readonly [Name in Exclude<CommandName, SessionCommand>]: Command<Name> } = {
	agreeCash,
	assign,
	assignCase,
	cancelCash,
	changeCaseStatus,
	changeLeadStage,
	close,
	collectCash,
	createCase,
	createLeadOfChat,
	createLoginLink,
	decideApproval,
	deleteAdvisor,
	deleteCannedAnswer,
	discardDraft,
	dismissDeadLetter,
	endFollowUp,
	erasePerson,
	giveBack,
	linkManually,
	markRead,
	note,
	noteCase,
	offerLink,
	publishDraft,
	readNotifications,
	reply,
	requestPaymentLink,
	requestSync,
	retryDeadLetter,
	retryMessage,
	rollBack,
	saveAdvisor,
	saveCannedAnswer,
	saveContact,
	saveDraft,
	saveFollowUp,
	saveLead,
	setAvailability,
	startSignup,
	tag,
	takeOver,
	unlinkNumber,
};
