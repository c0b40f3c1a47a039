import type { Language } from '../../domain/profile/businessProfile';
import type { OperatorLanguage } from '../../domain/profile/fieldNames';

/** The language in which a profile is spoken of with a team that works in this one. */
export function operatorLanguage(language: Language): OperatorLanguage {
	return language === 'es' ? 'es' : 'en';
}
