import { plain } from '../classifier/normalise';
import type { BusinessProfile } from '../profile/businessProfile';

/** What a rule looks at: a case or lead that was just registered or moved on. */
export interface TagFacts {
	readonly caseType?: string;
	readonly area?: string;
	/** Subject and need in the customer's words. */
	readonly text?: string;
	readonly stage?: string;
	/** 0-100. */
	readonly score?: number;
}

const LONGEST_TAG = 40;

/** A tag as it is kept: one form for "VIP", " vip " and "Vip"; undefined for nothing. */
export function normaliseTag(written: string): string | undefined {
	const tag = written.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('es').slice(0, LONGEST_TAG).trim();
	return tag === '' ? undefined : tag;
}

/** Tags as people write them in one field, separated by commas. */
export function readTags(written: string): string[] {
	return [...new Set(written.split(',').flatMap((part) => normaliseTag(part) ?? []))];
}

type TagRule = BusinessProfile['tags']['rules'][number];

function holds(rule: TagRule, facts: TagFacts): boolean {
	const oneOf = (wanted: readonly string[], value: string | undefined): boolean =>
		wanted.length === 0 || (value !== undefined && wanted.includes(value));
	const text = plain(facts.text ?? '');
	return (
		oneOf(rule.caseTypes, facts.caseType) &&
		oneOf(rule.areas, facts.area) &&
		oneOf(rule.stages, facts.stage) &&
		(rule.words.length === 0 || rule.words.some((word) => text.includes(plain(word)))) &&
		(rule.minScore === undefined || (facts.score ?? 0) >= rule.minScore)
	);
}

/** Tags that the rules of the profile give to a contact, lead or case with these facts. */
export function tagsByRule(profile: BusinessProfile, on: TagRule['on'], facts: TagFacts): string[] {
	const tags = profile.tags.rules
		.filter((rule) => rule.on === on && holds(rule, facts))
		.flatMap((rule) => normaliseTag(rule.tag) ?? []);
	return [...new Set(tags)];
}
