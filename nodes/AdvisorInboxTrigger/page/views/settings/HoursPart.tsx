import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { Check, TextField } from '../../pieces/fields';
import { NumberField } from '../../pieces/NumberField';
import { WordsField } from '../../pieces/WordsField';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { ContactHoursCard } from './ContactHoursCard';
import { WeekField } from './WeekField';

const MINUTES = [
	'firstReminderMinutes',
	'secondReminderMinutes',
	'closeMinutes',
	'duplicateHours',
	'handoffIdleHours',
] as const;

/** When somebody is there, and how long things may take. */
export function HoursPart(part: ProfilePart) {
	const { profile, problems, change } = part;
	const { hours: said } = words.value.settings;
	const { hours, times } = profile;
	const setTimes = (to: Partial<BusinessProfile['times']>): void => change({ times: { ...times, ...to } });
	return (
		<>
			<section class="settingsCard">
				<h2>{said.week}</h2>
				<WeekField
					label={said.week}
					week={hours.week}
					problemAt={(...path) => problems.at('hours', 'week', ...path)}
					onWeek={(to) => change({ hours: { ...hours, week: { ...hours.week, ...to } } })}
				/>
				<TextField
					label={said.inWords}
					hint={said.inWordsHint}
					value={hours.inWords}
					onText={(inWords) => change({ hours: { ...hours, inWords } })}
				/>
				<Check
					label={said.announce}
					checked={hours.announce}
					onCheck={(announce) => change({ hours: { ...hours, announce } })}
				/>
				<WordsField
					label={said.holidays}
					hint={said.holidaysHint}
					value={hours.holidays}
					placeholder="2026-12-24"
					error={hours.holidays
						.map((_day, index) => problems.at('hours', 'holidays', index))
						.find((problem) => problem !== undefined)}
					onWords={(holidays) => change({ hours: { ...hours, holidays } })}
				/>
			</section>
			<ContactHoursCard {...part} />
			<section class="settingsCard">
				<h2>{said.times}</h2>
				<div class="formRow">
					{MINUTES.map((field) => (
						<NumberField
							key={field}
							label={said[field]}
							min={1}
							value={times[field]}
							error={problems.at('times', field)}
							onNumber={(value) => setTimes({ [field]: value })}
						/>
					))}
					<TextField
						label={said.quietFrom}
						value={times.quietFrom}
						maxLength={5}
						error={problems.at('times', 'quietFrom')}
						onText={(quietFrom) => setTimes({ quietFrom })}
					/>
					<TextField
						label={said.quietTo}
						value={times.quietTo}
						maxLength={5}
						error={problems.at('times', 'quietTo')}
						onText={(quietTo) => setTimes({ quietTo })}
					/>
					<NumberField
						label={said.answerDelayMs}
						min={0}
						max={60_000}
						value={profile.answerDelayMs}
						error={problems.at('answerDelayMs')}
						onNumber={(answerDelayMs) => change({ answerDelayMs })}
					/>
				</div>
			</section>
		</>
	);
}
