import { DateTime } from 'luxon';

import { areaName } from '../cases/areaRouting';
import { lookupTable } from '../lookupTable';
import type { Turn } from './turn';
import type { ContactFacts, TextPart } from './types';

const STATUS_WORDS = lookupTable<Readonly<Record<string, string>>>({
	es: {
		open: 'abierto',
		in_progress: 'en proceso',
		waiting: 'en espera',
		resolved: 'resuelto',
		closed: 'cerrado',
		incomplete: 'incompleto',
	},
	en: { in_progress: 'in progress' },
	pt: {
		open: 'aberto',
		in_progress: 'em andamento',
		waiting: 'em espera',
		resolved: 'resolvido',
		closed: 'encerrado',
		incomplete: 'incompleto',
	},
});

/** The state of a case in a customer's words (D6). */
export function caseStatus(turn: Turn, open: ContactFacts['openCases'][number]): TextPart {
	const { profile, state } = turn;
	const date = DateTime.fromISO(open.updatedAt, { zone: profile.timeZone }).setLocale(state.language);
	return {
		text: 'order_status',
		values: {
			case_number: open.number,
			status: STATUS_WORDS.get(state.language.slice(0, 2))?.[open.status] ?? open.status,
			advisor: open.ownerName ?? areaName(profile.withoutOption.area, profile),
			date: date.toLocaleString(DateTime.DATETIME_SHORT),
		},
	};
}
