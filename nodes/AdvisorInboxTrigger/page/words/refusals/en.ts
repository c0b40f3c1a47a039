import type { RefusalWords } from './refusalWords';

const wait = (seconds: string | number): string =>
	Number(seconds) > 90 ? `${Math.ceil(Number(seconds) / 60)} minutes` : `${seconds} seconds`;

const ASPECTS: ReadonlyMap<string | number, string> = new Map([
	['option', 'menu option'],
	['caseType', 'case type'],
	['area', 'area'],
	['lead', 'makes a lead'],
	['person', 'a person takes over'],
	['cases', 'cases'],
]);
const VALUES: ReadonlyMap<string | number, string> = new Map([
	['', 'none'],
	['yes', 'yes'],
	['no', 'no'],
	['quotation', 'quotation'],
	['information', 'information'],
	['order_status', 'order status'],
	['support', 'support'],
	['documents', 'documents'],
	['billing', 'billing and payments'],
	['other', 'other'],
]);
const aspectInWords = (aspect: string | number): string => ASPECTS.get(aspect) ?? String(aspect);
const valueInWords = (value: string | number): string =>
	VALUES.get(value) ?? (/^\d+$/.test(String(value)) ? String(value) : `“${value}”`);

export const en: RefusalWords = {
	takenBy: ({ name }) => ({ text: `${name} has this conversation.`, detail: 'Take it over to answer.' }),
	onTheirNumber: ({ name }) => ({
		text: `${name} attends this conversation on their own number.`,
		detail: 'Ask them to answer there.',
	}),
	noBotHere: () => ({
		text: 'This conversation is on somebody’s own number.',
		detail: 'No bot answers there: there is nothing to take over, give back or close.',
	}),
	windowClosed: () => ({
		text: 'The customer’s 24 hours are over: WhatsApp delivers only templates now.',
		detail: 'Choose an approved template. Once the customer answers, you can write freely again.',
	}),
	optedOut: () => ({
		text: 'This person asked not to be written to.',
		detail: 'Wait until they write; then you can answer.',
	}),
	noMarketingConsent: () => ({
		text: 'This person has not agreed to advertising.',
		detail: 'Use a utility template, or wait until they agree.',
	}),
	holidayToday: () => ({
		text: 'Today is a holiday: no advertising leaves.',
		detail: 'Send it on the next working day, or use a utility template.',
	}),
	outsideContactHours: () => ({
		text: 'No advertising leaves at this hour.',
		detail: 'Send it in the contact hours of the profile, or use a utility template.',
	}),
	collectionTooSoon: () => ({
		text: 'A collection message left for this person a short while ago.',
		detail: 'Wait for the days that the profile says.',
	}),
	noSuchTemplate: ({ template }) => ({
		text: `The template “${template}” is not approved on this number.`,
		detail: 'Choose one from the list.',
	}),
	templateNotFilled: ({ template, places }) => ({
		text: `The template “${template}” has ${places} places, and not all are filled.`,
		detail: 'Fill every one.',
	}),
	nothingToSend: () => ({ text: 'There is nothing to send.', detail: 'Write something first.' }),
	cannotRetry: () => ({
		text: 'This message cannot be sent again.',
		detail: 'Only what failed before WhatsApp took it can. Write it anew.',
	}),
	fileGone: () => ({
		text: 'A file is not there any more.',
		detail: 'Files wait an hour for their message. Choose it again.',
	}),
	fileEmpty: ({ file }) => ({ text: `“${file}” is empty.`, detail: 'Choose the file again.' }),
	fileTypeRefused: ({ file }) => ({
		text: `WhatsApp does not take “${file}”.`,
		detail: 'Send JPEG or PNG pictures, MP4 videos, MP3, OGG or M4A audio, PDF, Word, Excel, PowerPoint or text.',
	}),
	fileTooLarge: ({ file, most }) => ({
		text: `“${file}” is too large for WhatsApp.`,
		detail: `It takes ${most} MB of this kind at most. Send a smaller one, or a picture as a document.`,
	}),
	uploadTooLarge: ({ most }) => ({
		text: 'The file is too large.',
		detail: `This inbox takes ${most} MB at most. Whoever runs n8n can allow more.`,
	}),
	tooManyFiles: () => ({
		text: 'Too many files wait to be sent.',
		detail: 'Send or discard those you chose before; unsent files are removed after an hour.',
	}),
	uploadsBusy: () => ({ text: 'Many files are on their way at this moment.', detail: 'Try again in a few seconds.' }),
	uploadSlow: () => ({ text: 'The file took too long.', detail: 'Send it again, on a better connection if you can.' }),
	uploadCut: () => ({ text: 'The file did not arrive whole.', detail: 'Send it again.' }),
	noSuchArea: ({ area }) => ({
		text: `There is no area “${area}”.`,
		detail: 'Choose one of the list; if it has just changed, load the page again.',
	}),
	nobodyOnDuty: ({ area }) => ({
		text: `Nobody of “${area}” is on duty now.`,
		detail: 'Choose a person, or assign it later.',
	}),
	unreadableAmount: ({ amount }) => ({
		text: `“${amount}” is no amount.`,
		detail: 'Write it as a number, for example 1,250,000.',
	}),
	unknownCurrency: ({ currency }) => ({
		text: `“${currency}” is no currency.`,
		detail: 'Write its three letters, for example COP or USD.',
	}),
	amountTooLarge: () => ({ text: 'It is more than one payment can be.', detail: 'Divide it into several.' }),
	cashAgreed: ({ amount }) => ({
		text: `This is paid on delivery already: ${amount}.`,
		detail: 'If you agreed on another amount, cancel that one first.',
	}),
	cashCollected: ({ name }) => ({
		text: `This cash was recorded before: ${name} received it.`,
		detail: 'It counts once. Load the page again to see it.',
	}),
	cashCancelled: () => ({
		text: 'This cash on delivery was cancelled.',
		detail: 'Agree on it again, then record it.',
	}),
	cashDiffers: ({ amount }) => ({
		text: `${amount} was agreed, and another amount came.`,
		detail: 'Write in the note why.',
	}),
	paidAlready: ({ amount }) => ({
		text: `The customer has paid ${amount} for the same already.`,
		detail: 'If you know that, tick it and go on.',
	}),
	wonWithoutAmount: () => ({
		text: 'The amount is missing: a won lead says what was sold.',
		detail: 'Write it as a number, for example 1,250,000.',
	}),
	lostWithoutReason: () => ({
		text: 'The reason is missing: a lost lead says why.',
		detail: 'Write it in a few words, for example: bought elsewhere.',
	}),
	noLeadField: ({ field }) => ({ text: `A lead has no field “${field}”.`, detail: 'Load the page again.' }),
	notAPhone: ({ phone }) => ({
		text: `“${phone}” is not a phone number.`,
		detail: 'Write it with its country code, for example +57 300 123 4567.',
	}),
	notAnEmail: ({ email }) => ({ text: `“${email}” is no e-mail address.`, detail: 'Correct it, or leave it empty.' }),
	notAnIdentification: ({ identification }) => ({
		text: `“${identification}” does not work as an identification.`,
		detail: 'Check that the number is complete, with its check digit if it has one, or leave it empty.',
	}),
	notAName: ({ name }) => ({ text: `“${name}” is no name.`, detail: 'Write it with letters, or leave it empty.' }),
	ofAnotherContact: ({ name }) => ({
		text: `That belongs to another contact already: ${name}.`,
		detail: 'If both are the same person, ask for the two to be merged. Nothing was changed.',
	}),
	dueInPast: () => ({ text: 'That time is over.', detail: 'Choose one from now on.' }),
	rejectedWithoutReason: () => ({
		text: 'Say why you reject it.',
		detail: 'The reason stays with the team; the customer does not read it.',
	}),
	approvalExpired: ({ request }) => ({
		text: `The time to decide ${request} is over.`,
		detail: 'Write to the customer; the assistant can ask for it again.',
	}),
	approvalDecided: ({ request }) => ({
		text: `${request} was decided before.`,
		detail: 'Load the page again to see what was decided.',
	}),
	approvalDecidedBy: ({ request, name }) => ({
		text: `${name} has decided ${request} before.`,
		detail: 'Load the page again to see what was decided.',
	}),
	noName: () => ({ text: 'The name is missing.', detail: 'Give the name by which customers know the person.' }),
	noPhone: ({ name }) => ({ text: `${name} has no phone number.`, detail: 'Add it in the team’s settings first.' }),
	linkNotOffered: () => ({
		text: 'The link was not offered.',
		detail: 'Check the advisor’s number. Outside the customer’s 24 hours, send an approved template first.',
	}),
	onlyAdministrator: ({ name }) => ({
		text: `${name} is the only administrator.`,
		detail: 'Make somebody else an administrator first.',
	}),
	notYourself: () => ({ text: 'You cannot delete yourself.', detail: 'Ask another administrator.' }),
	hasOpenCases: ({ name, cases }) => ({
		text: `${name} still has open cases: ${cases}.`,
		detail: 'Give them to somebody else, or close them first.',
	}),
	noInboxAddress: () => ({
		text: 'The inbox does not know its own address yet.',
		detail: 'Whoever runs n8n activates the workflow with Advisor Inbox Trigger; then try again.',
	}),
	profileNotValid: ({ count }) => ({
		text: `The profile was not saved: values to correct: ${count}.`,
		detail: 'They are marked in their fields. Nothing was changed.',
	}),
	profileUnreadable: ({ version }) => ({
		text: `Version ${version} of the profile cannot be read.`,
		detail: 'Whoever runs n8n publishes another one, or goes back to an earlier one.',
	}),
	noDraft: () => ({ text: 'There is no draft.', detail: 'Somebody published or discarded it. Load the page again.' }),
	noSuchVersion: ({ version }) => ({
		text: `There is no version ${version} of the profile.`,
		detail: 'Choose one from the list.',
	}),
	draftOutdated: ({ base, version }) => ({
		text: `The draft was begun from version ${base}, and version ${version} has been published since.`,
		detail: 'Discard it and make the changes on top of the new one, so that nobody else’s are undone.',
	}),
	testEndsDifferently: ({ test, aspect, found, wanted, others }) => ({
		text: `The test “${test}” would end differently: ${aspectInWords(aspect)}: ${valueInWords(found)} instead of ${valueInWords(wanted)}.`,
		detail: `${others === 0 ? '' : `Others as well: ${others}. `}Correct the draft, or change the test in n8n. Nothing was published.`,
	}),
	textNotSayable: ({ text }) => ({
		text: `The text “${text}” lacks something to be said.`,
		detail: 'Correct it under Texts. Nothing was published.',
	}),
	profileChanged: () => ({
		text: 'Not published: somebody changed the profile meanwhile.',
		detail: 'Look at it as it is now and publish again.',
	}),
	noLinkingCredential: () => ({
		text: 'This inbox cannot link numbers yet.',
		detail: 'Whoever runs n8n chooses the WhatsApp Cloud credential in Advisor Inbox Trigger.',
	}),
	noSignupConfiguration: () => ({
		text: 'Meta’s signup for linking numbers is not configured.',
		detail: 'Whoever runs n8n enters it in the WhatsApp Cloud credential.',
	}),
	notDigits: ({ id }) => ({
		text: `“${id}” is no id of Meta’s: those have digits only.`,
		detail: 'Copy it from Meta’s app dashboard under WhatsApp, API Setup.',
	}),
	tokenTooShort: () => ({
		text: 'The access token is not complete.',
		detail: 'Paste the permanent token of a system user that has the app and this account.',
	}),
	notPhones: ({ numbers }) => ({
		text: `These are no phone numbers: ${numbers}.`,
		detail: 'Write each with its country code, for example +57 300 123 4567.',
	}),
	notLinked: () => ({
		text: 'This number is not linked.',
		detail: 'Link it first; then contacts and history can be requested for 24 hours.',
	}),
	impossibleChat: () => ({ text: 'Wazzup named a chat that cannot exist.', detail: 'Open the chat in Wazzup again.' }),
	noWazzup: () => ({
		text: 'No account of Wazzup is connected to this inbox.',
		detail: 'Whoever runs n8n chooses one in Advisor Inbox Trigger.',
	}),
	wazzupSilent: () => ({ text: 'Wazzup does not answer just now.', detail: 'Try again in a moment.' }),
	wazzupElsewhere: () => ({
		text: 'Wazzup answered with an address that is not its own.',
		detail: 'Nothing was opened. Tell whoever runs n8n.',
	}),
	noWazzupChat: () => ({
		text: 'This customer has no chat in Wazzup.',
		detail: 'They have written without a phone number, and in no other messenger.',
	}),
	wrongLogin: () => ({
		text: 'Account and password do not match.',
		detail: 'Check both, or ask whoever administers the inbox for a login link.',
	}),
	tooManyLogins: ({ seconds }) => ({
		text: 'Too many attempts to log in.',
		detail: `Try again in ${wait(seconds)}, or ask for a login link.`,
	}),
	loginBusy: () => ({ text: 'Too many people log in at this moment.', detail: 'Wait a few seconds and try again.' }),
	linkEnded: () => ({
		text: 'This link does not work any more.',
		detail: 'It opens once, for 15 minutes. Ask whoever administers the inbox for a new one.',
	}),
	passwordShort: ({ least }) => ({
		text: 'The password is too short.',
		detail: `Use at least ${least} characters: three or four words are easy to keep.`,
	}),
	passwordLong: ({ most }) => ({ text: 'The password is too long.', detail: `Use at most ${most} characters.` }),
	passwordSimple: () => ({
		text: 'The password is too simple.',
		detail: 'Choose one with more different letters or digits.',
	}),
	passwordOfName: () => ({
		text: 'The password is made of a name.',
		detail: 'Choose one without your name, address or number, or the business’s name.',
	}),
	wrongPassword: () => ({
		text: 'The current password is not right.',
		detail: 'Enter the password with which you logged in.',
	}),
	passwordChanged: () => ({
		text: 'The password was changed in another place meanwhile.',
		detail: 'Log in again with the new one.',
	}),
	notEncrypted: () => ({
		text: 'The inbox opens over an encrypted connection only.',
		detail: 'Open the page with “https://”. Whoever runs n8n can put a certificate in front of it.',
	}),
	loggedOut: () => ({ text: 'Your session has ended.', detail: 'Log in again.' }),
	otherSession: () => ({
		text: 'This page belongs to another session.',
		detail: 'Load it again and repeat what you did.',
	}),
	tooManyPages: () => ({ text: 'Too many pages of the inbox are open.', detail: 'Close some of them.' }),
	notNow: () => ({
		text: 'This did not work just now.',
		detail: 'Try again in a moment. If it stays so, whoever runs n8n finds the reason in its log.',
	}),
	notAllowed: () => ({
		text: 'Your role does not allow this.',
		detail: 'Ask a supervisor or an administrator of your team.',
	}),
	notFound: () => ({
		text: 'It does not exist any more, or you may no longer see it.',
		detail: 'It may have been assigned to somebody else, merged or erased.',
	}),
	unusableValue: () => ({
		text: 'One of the values does not work like this.',
		detail: 'Correct it and try again. If the page has been open for long, load it again.',
	}),
	tooLong: ({ most }) => ({ text: 'The text is too long.', detail: `Use at most ${most} letters.` }),
	requestTooLarge: () => ({ text: 'This is too much at once.', detail: 'Send less at once.' }),
	listMoved: () => ({ text: 'The list cannot go on from there.', detail: 'Load the page again.' }),
	requestUsed: () => ({
		text: 'This crossed something else that you did.',
		detail: 'Load the page again and repeat what you wanted to do.',
	}),
	mergedMeanwhile: () => ({ text: 'This customer was merged with another meanwhile.', detail: 'Try again.' }),
};
