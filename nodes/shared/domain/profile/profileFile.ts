import { z } from 'zod';

import type { BusinessProfile } from './businessProfile';

/** What stands at the beginning of an exported profile, so that no other file is taken for one. */
const FORMAT = 'n8n-nodes-whatsapp-crm/business-profile';

const fileSchema = z.object({ format: z.literal(FORMAT), profile: z.record(z.unknown()) });

/** Settings that belong to one business's own numbers, and would be wrong at another's. */
const OWN_NUMBERS = ['channels', 'testNumbers'] as const;

export interface ProfileFile {
	readonly format: typeof FORMAT;
	readonly business: string;
	readonly version: number | null;
	readonly profile: Readonly<Partial<BusinessProfile>>;
}

/** A profile as a file that another workspace can import. */
export function profileFile(
	profile: BusinessProfile,
	{ version, withNumbers }: { readonly version?: number; readonly withNumbers: boolean },
): ProfileFile {
	const kept = Object.entries(profile).filter(([field]) => withNumbers || !OWN_NUMBERS.some((own) => own === field));
	return {
		format: FORMAT,
		business: profile.name,
		version: version ?? null,
		profile: Object.fromEntries(kept) as Partial<BusinessProfile>,
	};
}

/** The profile in an exported file, or the JSON itself when it is a bare profile. Not checked yet. */
export function profileOfFile(json: unknown): unknown {
	const file = fileSchema.safeParse(json);
	return file.success ? file.data.profile : json;
}

/** An imported profile without numbers of its own keeps those of the workspace it comes into. */
export function withOwnNumbers(imported: unknown, present: BusinessProfile): unknown {
	if (typeof imported !== 'object' || imported === null || Array.isArray(imported)) return imported;
	const own = Object.fromEntries(OWN_NUMBERS.map((field) => [field, present[field]]));
	return { ...own, ...imported };
}
