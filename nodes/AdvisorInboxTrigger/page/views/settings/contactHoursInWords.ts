import type { ContactHours } from '../../../../shared/domain/consent/contactHours';
import { daysWithHours, type Weekday } from '../../../../shared/domain/profile/weekHours';
import type { SettingsWords } from '../../words/settings/es';

/** When collection and advertising may leave, as people say it: «lunes a viernes 7:00–19:00, nunca en festivos, un cobro al día». */
export function contactHoursInWords(
	{ week, onHolidays, collectionEveryDays }: ContactHours,
	contact: SettingsWords['contact'],
	names: Readonly<Record<Weekday, string>>,
): string {
	const days = daysWithHours(week).map(({ first, last, hours }) => {
		const [from, to] = [names[first].toLowerCase(), names[last].toLowerCase()];
		return `${first === last ? from : contact.days(from, to)} ${hours}`;
	});
	const holidays = onHolidays ? contact.onHolidays.toLowerCase() : contact.noHolidays;
	return [...days, holidays, contact.every(collectionEveryDays)].join(', ');
}
