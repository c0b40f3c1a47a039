import { permissionsOf } from '../../../domain/inbox/permissions';
import { currencyOf } from '../../../domain/knowledge/readItem';
import { getAdvisor } from '../../../store/repositories/advisors';
import { hasPaymentTrigger } from '../../../store/repositories/paymentTriggers';
import { profileInForce } from '../../profile/businessProfile';
import { Refusal } from '../refusal';
import type { AnswerOf } from './query';

/** Who is logged in, and the business they work for. What belongs to the browser (CSRF, uploads) whoever serves the page adds. */
export const session: AnswerOf<'session'> = async ({ store, viewer, services }) => {
	const updatesFrom = store.now();
	const advisor = await getAdvisor(store.db, store.workspaceId, viewer.advisorId);
	if (!advisor)
		throw new Refusal(401, {
			message: 'You are not logged in any more',
			description: 'Log in again.',
			code: 'loggedOut',
		});
	const { profile } = await profileInForce(store);
	return {
		advisor: {
			id: advisor.id,
			name: advisor.name,
			role: viewer.role,
			areas: viewer.areas,
			available: advisor.available === 1,
			...(advisor.absent_until === null ? {} : { absentUntil: new Date(advisor.absent_until).toISOString() }),
			...(advisor.phone === null ? {} : { phone: advisor.phone }),
		},
		permissions: permissionsOf(viewer.role),
		csrfToken: '',
		updatesFrom,
		business: {
			name: profile.name,
			language: profile.language,
			country: profile.country,
			timeZone: profile.timeZone,
			currency: currencyOf(profile.country),
			areas: profile.areas.map(({ key, name }) => ({ key, name })),
			...(profile.handoff.waitingMinutes === 0 ? {} : { waitingMinutes: profile.handoff.waitingMinutes }),
		},
		uploadLimit: 0,
		features: {
			paymentLinks: services.features?.paymentLinks ?? (await hasPaymentTrigger(store.db, store.workspaceId)),
			wazzup: services.wazzup !== undefined,
			embeddedSignup: services.features?.embeddedSignup ?? false,
		},
	};
};
