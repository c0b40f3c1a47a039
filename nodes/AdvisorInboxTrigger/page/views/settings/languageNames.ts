import type { Language } from '../../../../shared/domain/profile/businessProfile';

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
	es: 'Español',
	en: 'English',
	'pt-BR': 'Português (Brasil)',
};
