import type { BusinessProfile, Language } from './businessProfile';

/** BCP 47: how money and dates are written in a language by people of the business's country. */
export const localeOf = (language: Language, { country }: Pick<BusinessProfile, 'country'>): string =>
	language === 'pt-BR' ? language : `${language}-${country}`;
