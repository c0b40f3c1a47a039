import { contactHoursOf, lawfulHours } from '../../../../shared/domain/consent/contactHours';
import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { Check, Segments } from '../../pieces/fields';
import { NumberField } from '../../pieces/NumberField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { contactHoursInWords } from './contactHoursInWords';
import { WeekField } from './WeekField';

type Rule = BusinessProfile['contactHours']['rule'];

/** When collection and advertising may leave: as the country's law says, or as the business does. */
export function ContactHoursCard({ profile, problems, change }: ProfilePart) {
	const { contact } = settingsWords.value;
	const { days } = words.value.settings.hours;
	const { contactHours, country } = profile;
	const put = (to: Partial<typeof contactHours>): void => change({ contactHours: { ...contactHours, ...to } });
	const { law } = lawfulHours(country);
	const said = contactHoursInWords(contactHoursOf(profile), contact, days);
	const choose = (rule: Rule): void => {
		// Own hours begin as those that have counted until now.
		const { week, onHolidays, collectionEveryDays } = contactHoursOf(profile);
		const isEmpty = Object.values(contactHours.week).every((ranges) => ranges.length === 0);
		put(rule === 'own' && isEmpty ? { rule, week, onHolidays, collectionEveryDays } : { rule });
	};
	return (
		<section class="settingsCard">
			<h2>{contact.title}</h2>
			<p class="fieldHint">{contact.hint}</p>
			<Segments<Rule>
				label={contact.rule}
				value={contactHours.rule}
				choices={[
					{ value: 'country', name: contact.rules.country },
					{ value: 'own', name: contact.rules.own },
				]}
				onChoice={choose}
			/>
			<p>
				{said.slice(0, 1).toUpperCase()}
				{said.slice(1)}.{' '}
				{contactHours.rule === 'own' ? null : law === undefined ? contact.noLaw(country) : contact.law(law)}
			</p>
			{contactHours.rule === 'own' ? (
				<>
					<WeekField
						label={contact.title}
						week={contactHours.week}
						problemAt={(...path) => problems.at('contactHours', 'week', ...path)}
						onWeek={(to) => put({ week: { ...contactHours.week, ...to } })}
					/>
					{problems.at('contactHours', 'week') ? (
						<p class="fieldError" role="alert">
							{problems.at('contactHours', 'week')}
						</p>
					) : null}
					<Check
						label={contact.onHolidays}
						checked={contactHours.onHolidays}
						onCheck={(onHolidays) => put({ onHolidays })}
					/>
					<div class="formRow">
						<NumberField
							label={contact.collectionEveryDays}
							hint={contact.collectionHint}
							min={0}
							max={30}
							value={contactHours.collectionEveryDays}
							error={problems.at('contactHours', 'collectionEveryDays')}
							onNumber={(collectionEveryDays) => put({ collectionEveryDays })}
						/>
					</div>
				</>
			) : null}
		</section>
	);
}
