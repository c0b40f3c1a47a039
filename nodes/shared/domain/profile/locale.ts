import type { BusinessProfile } from './businessProfile';

/**
 * BCP 47: how money and dates are written in a language by people of the business's country. A language that names its region
 * already keeps it: people who read Brazilian Portuguese in Colombia read `COP 450.000`, not the Portuguese of no country.
 */
export const localeOf = (language: string, { country }: Pick<BusinessProfile, 'country'>): string =>
	language.includes('-') ? language : `${language}-${country}`;
