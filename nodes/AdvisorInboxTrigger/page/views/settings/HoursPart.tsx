import { Plus, X } from 'lucide';

import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { IconButton } from '../../pieces/Button';
import { Check, TextField } from '../../pieces/fields';
import { NumberField } from '../../pieces/NumberField';
import { WordsField } from '../../pieces/WordsField';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const MINUTES = [
	'firstReminderMinutes',
	'secondReminderMinutes',
	'closeMinutes',
	'duplicateHours',
	'handoffIdleHours',
] as const;

/** When somebody is there, and how long things may take. */
export function HoursPart({ profile, problems, change }: ProfilePart) {
	const { hours: said } = words.value.settings;
	const { hours, times } = profile;
	const setWeek = (to: Partial<BusinessProfile['hours']['week']>): void =>
		change({ hours: { ...hours, week: { ...hours.week, ...to } } });
	const setTimes = (to: Partial<BusinessProfile['times']>): void => change({ times: { ...times, ...to } });
	return (
		<>
			<section class="settingsCard">
				<h2>{said.week}</h2>
				<div>
					{DAYS.map((day) => {
						const ranges = hours.week[day];
						const name = said.days[day];
						return (
							<div key={day} class="hoursRow" role="group" aria-label={name}>
								<b>{name}</b>
								<div>
									{ranges.length === 0 ? <span class="fieldHint">{said.closed}</span> : null}
									{ranges.map((range, index) => {
										const put = (to: Partial<typeof range>): void =>
											setWeek({ [day]: ranges.map((other, at) => (at === index ? { ...other, ...to } : other)) });
										const wrong = (end: 'from' | 'to') => problems.at('hours', 'week', day, index, end);
										const trouble = wrong('from') ?? wrong('to');
										return (
											<span key={index} class={trouble ? 'hoursRange field wrong' : 'hoursRange'}>
												<input
													type="text"
													inputMode="numeric"
													aria-label={said.fromOf(name)}
													value={range.from}
													maxLength={5}
													onChange={({ currentTarget }) => put({ from: currentTarget.value.trim() })}
												/>
												–
												<input
													type="text"
													inputMode="numeric"
													aria-label={said.toOf(name)}
													value={range.to}
													maxLength={5}
													onChange={({ currentTarget }) => put({ to: currentTarget.value.trim() })}
												/>
												<IconButton
													icon={X}
													size={15}
													name={`${words.value.actions.remove} ${name} ${range.from}`}
													onClick={() => setWeek({ [day]: ranges.filter((_other, at) => at !== index) })}
												/>
												{trouble ? (
													<span class="fieldError" role="alert">
														{trouble}
													</span>
												) : null}
											</span>
										);
									})}
								</div>
								<IconButton
									icon={Plus}
									size={16}
									name={`${said.addRange}: ${name}`}
									onClick={() => setWeek({ [day]: [...ranges, { from: '08:00', to: '17:00' }] })}
								/>
							</div>
						);
					})}
				</div>
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
