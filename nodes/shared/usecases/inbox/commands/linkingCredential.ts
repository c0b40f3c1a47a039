import type { WhatsAppCredential } from '../../../clients/whatsapp/credential';
import { linkingNews } from '../../../text/linkingProblems';
import { Refusal } from '../refusal';
import type { CommandContext } from './command';

/** What numbers are linked with. @throws Refusal that names the other ways (D32) */
export function linkingCredential({ services, profile }: CommandContext): WhatsAppCredential {
	if (services.credential !== undefined) return services.credential;
	throw new Refusal(422, {
		message: 'The inbox has no WhatsApp Cloud credential, so it cannot link numbers',
		description: `Choose it in Advisor Inbox Trigger. ${linkingNews('provider', profile.language)}`,
		code: 'noLinkingCredential',
	});
}
