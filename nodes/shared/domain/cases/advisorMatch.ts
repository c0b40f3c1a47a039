import { distance } from 'fastest-levenshtein';

import { plain } from '../classifier/normalise';
import type { AdvisorFacts } from '../conversation/types';

/** Who a customer meant. `near` are the likeliest, best first, when nobody fits well enough. */
export type AdvisorMatch =
	| { readonly kind: 'found'; readonly advisor: AdvisorFacts }
	| { readonly kind: 'ambiguous'; readonly advisors: readonly AdvisorFacts[] }
	| { readonly kind: 'not_found'; readonly near: readonly AdvisorFacts[] };

const TITLES =
	/\b(?:me atendio|me atendieron|me vendio|me asesoro|fue|era|es|con|creo que|se llama|llama|llamaba|el|la|lo|senor|senora|senorita|sr|sra|srta|don|dona|doctor|doctora|dr|dra|ingeniero|ingeniera|ing|asesor|asesora|comercial|vendedor|vendedora|un|una|tal|de|del|por|favor|nombre|apellido|mi|gracias|hola|pues|ella|muchacho|muchacha|nina|chico|chica)\b/g;

const wordsOf = (text: string): string[] =>
	plain(text)
		.replace(/[^a-z\s]/g, ' ')
		.split(/\s+/)
		.filter((word) => word.length > 1);

/** Likeness of two words, 0 to 1: equal, beginning alike ("Caro" for "Carolina"), or a typo apart. */
function likeness(said: string, written: string): number {
	if (said === written) return 1;
	if (said.length >= 3 && written.startsWith(said)) return 0.9;
	const longest = Math.max(said.length, written.length);
	const apart = distance(said, written);
	if (apart === 1 && longest >= 4) return 0.9;
	if (apart === 2 && longest >= 7) return 0.85;
	return Math.max(0, 1 - apart / longest) * 0.8;
}

/** How well all the words that were said fit the name, in any order. */
function fit(said: readonly string[], name: string): number {
	const written = wordsOf(name);
	if (said.length === 0 || written.length === 0) return 0;
	const best = said.map((word) => Math.max(...written.map((part) => likeness(word, part))));
	return best.reduce((sum, value) => sum + value, 0) / said.length;
}

const GOOD = 0.82;
const NEAR = 0.5;

/**
 * Finds the advisor a customer named, with typos, without accents, by first or last name or nickname (B8, D9).
 *
 * @param nearMatches how many near names may be offered when nobody fits
 */
export function matchAdvisor(text: string, advisors: readonly AdvisorFacts[], nearMatches = 2): AdvisorMatch {
	const everything = wordsOf(text);
	const said = wordsOf(plain(text).replace(TITLES, ' '));
	const named = said.length > 0 ? said : everything;
	const ranked = advisors
		.map((advisor) => ({
			advisor,
			score: Math.max(...[advisor.name, ...(advisor.aliases ?? [])].map((name) => fit(named, name))),
		}))
		.sort((left, right) => right.score - left.score || (left.advisor.name < right.advisor.name ? -1 : 1));
	const good = ranked.filter(({ score }) => score >= GOOD);
	const [first, second] = good;
	if (first !== undefined && (second === undefined || first.score - second.score > 0.08))
		return { kind: 'found', advisor: first.advisor };
	if (good.length > 1) return { kind: 'ambiguous', advisors: good.map(({ advisor }) => advisor) };
	return {
		kind: 'not_found',
		near: ranked
			.filter(({ score }) => score >= NEAR)
			.slice(0, nearMatches)
			.map(({ advisor }) => advisor),
	};
}

const NO_MEMORY =
	/\b(?:no (?:me )?(?:re)?cuerdo|no (?:lo |la )?se\b|no (?:me )?acuerdo|ni idea|no tengo idea|olvide|se me olvido|ninguno|ninguna|nadie|por la pagina|por internet|por la web|cualquiera|no aplica|n\/a|don t remember|don't (?:remember|know)|nao (?:lembro|sei)|no tengo)\b/;
const THE_USUAL =
	/\b(?:el|la|los|las) (?:de siempre|mism[oa](?: de siempre)?|mism[oa]s)\b|\bel que (?:siempre )?me (?:atiende|atendio siempre)\b|\bmi asesora?(?: de siempre)?$/;

/** "no recuerdo", "ni idea": nobody can be named (D9). */
export const doesNotRemember = (text: string): boolean => NO_MEMORY.test(plain(text));
/** "el de siempre": the owner on record is meant (D9). */
export const meansTheUsual = (text: string): boolean => THE_USUAL.test(plain(text).trim());
