/** What we write down of our own doing where something was not done: by these words it is known again when it is shown. */
export const OWN_SENTENCES = {
	customerAnswered: 'The customer has answered',
	nothingToRemind: 'There is nothing to be reminded of any more',
	windowOver: 'The 24-hour window is closed: only a message template can be sent (131047)',
	neverConfirmed: 'WhatsApp never said whether this message was sent',
	stopped: 'n8n stopped before the execution ended',
	stoppedThreeTimes: 'n8n stopped three times while this was being done',
	fileErased: 'The file is not in the store any more',
	fileNotPublic: 'The file has no public address, and Wazzup fetches files itself',
} as const;
