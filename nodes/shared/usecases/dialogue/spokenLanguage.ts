import type { BusinessProfile, Language } from '../../domain/profile/businessProfile';
import type { ConversationRow } from '../../store/repositories/conversations';
import { stateOf } from './stepWriter';

/** The language that a customer is spoken to in: theirs where the business speaks it, else the business's own. */
export function spokenLanguage(conversation: ConversationRow, profile: BusinessProfile): Language {
	const spoken = stateOf(conversation, profile).language;
	return profile.languages.find((language) => language === spoken) ?? profile.language;
}
