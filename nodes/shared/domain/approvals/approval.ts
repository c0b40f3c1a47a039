import type { BusinessProfile } from '../profile/businessProfile';

/** How long people have to decide, and from the approval on the desk to do it, ms. */
export const approvalLife = ({ approvals }: BusinessProfile): number => approvals.decisionHours * 3_600_000;

/** What may still happen to a request: people decide on `pending`, the desk does what is `approved`. */
export type ApprovalState = 'pending' | 'approved' | 'rejected' | 'expired' | 'used';

/** As people say it: `A-12`. */
export const approvalName = (number: number): string => `A-${number}`;

/** What a request is now: nobody can decide or use it after its time, whether or not the desk has noticed. */
export function approvalStateAt(
	{ state, expiresAt }: { readonly state: ApprovalState; readonly expiresAt: number },
	now: number,
): ApprovalState {
	return (state === 'pending' || state === 'approved') && now >= expiresAt ? 'expired' : state;
}

/** Values of a request: they are compared, kept and shown as they are. */
export type ApprovalParameters = Readonly<Record<string, string | number | null>>;

/** The same values in the same order, however they were put together. */
export function canonicalParameters(parameters: ApprovalParameters): string {
	const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
	return JSON.stringify(Object.fromEntries(sorted));
}
