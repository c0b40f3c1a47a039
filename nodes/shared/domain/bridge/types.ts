/** A customer whom an advisor attends through the bridge. */
export interface AttendedCustomer {
	readonly conversationId: string;
	/** As the advisor knows them. */
	readonly name: string;
	/** Whether WhatsApp lets the customer be written to freely now. */
	readonly windowOpen: boolean;
}

/** What of ours an advisor's message quotes. */
export interface QuotedMessage {
	readonly kind: 'card' | 'relay' | 'notice' | 'question' | 'reply';
	/** The card, where it is one. */
	readonly id: string;
	/** The customer it is about; absent for news of the team. */
	readonly customer?: AttendedCustomer;
}

/** A question of ours that the advisor tapped an answer to, and what waits for it. */
export interface AskedQuestion {
	readonly id: string;
	readonly about: Wish;
	/** Messages that wait for the answer. */
	readonly messageIds: readonly string[];
	/** Whom the tapped button means; absent when the button is none of the question's. */
	readonly customer?: AttendedCustomer;
	/** Whether it was answered before. */
	readonly answered: boolean;
}

/** One message that an advisor wrote to the company's number. */
export interface AdvisorMessage {
	/** Our id of it. */
	readonly id: string;
	readonly type: string;
	/** What a person would read of it. */
	readonly text?: string;
	/** Whether there is something in it that can be passed on. */
	readonly readable: boolean;
	readonly quoted?: QuotedMessage;
	/** The button that was tapped. */
	readonly tapped?: BridgeButton;
	/** The question that the button answers. */
	readonly question?: AskedQuestion;
}

/** What of a customer an advisor may want when it is not said of which. */
export type Wish = 'reply' | 'note' | 'giveBack' | 'close';

/** Buttons of ours, by what they carry. */
export type BridgeButton =
	| { readonly kind: 'take' | 'pass'; readonly cardId: string }
	| { readonly kind: 'template'; readonly conversationId: string }
	| { readonly kind: 'answer'; readonly questionId: string; readonly conversationId: string };

/** What is known of the advisor when they write. */
export interface BridgeFacts {
	/** Whom they attend, latest first. */
	readonly attending: readonly AttendedCustomer[];
	/** Cards that nobody has answered yet. */
	readonly openCards: ReadonlyArray<{ readonly id: string }>;
}

/** Sentences to the advisor, by key. */
export type BridgeTextKey =
	| 'bridge_off'
	| 'card'
	| 'card_gone'
	| 'card_pass'
	| 'card_take'
	| 'closed'
	| 'given_back'
	| 'help'
	| 'held_by_other'
	| 'nobody_attended'
	| 'note_kept'
	| 'passed_on'
	| 'passed_to_supervisor'
	| 'person_notified'
	| 'question_close'
	| 'question_giveBack'
	| 'question_note'
	| 'question_reply'
	| 'quote_a_card'
	| 'sent_stays'
	| 'shift_off'
	| 'shift_on'
	| 'taken'
	| 'taken_by_other'
	| 'team_news'
	| 'template_button'
	| 'template_sent'
	| 'undelivered'
	| 'unreadable'
	| 'window_closed';

/** What an advisor's message leads to. Each message leads to exactly one act. */
export type BridgeAct =
	| { readonly kind: 'take' | 'pass'; readonly cardId: string; readonly messageId: string }
	| { readonly kind: 'reply'; readonly conversationId: string; readonly messageIds: readonly string[] }
	| {
			readonly kind: 'note';
			readonly conversationId: string;
			readonly messageIds: readonly string[];
	  }
	| {
			readonly kind: 'giveBack' | 'close' | 'template';
			readonly conversationId: string;
			readonly messageIds: readonly string[];
	  }
	| { readonly kind: 'shift'; readonly available: boolean; readonly messageId: string }
	/** Of which customer is it? */
	| {
			readonly kind: 'ask';
			readonly about: Wish;
			readonly messageIds: readonly string[];
			readonly among: readonly AttendedCustomer[];
	  }
	/** The customer cannot be written to freely any more. */
	| { readonly kind: 'windowClosed'; readonly customer: AttendedCustomer; readonly messageIds: readonly string[] }
	| { readonly kind: 'say'; readonly text: BridgeTextKey; readonly messageIds: readonly string[] }
	/** Nothing is to be done: a reaction, a second tap. */
	| { readonly kind: 'nothing'; readonly messageId: string };
