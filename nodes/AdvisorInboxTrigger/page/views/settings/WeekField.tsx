import { Plus, X } from 'lucide';

import { WEEKDAYS, type WeekHours } from '../../../../shared/domain/profile/weekHours';
import { IconButton } from '../../pieces/Button';
import { words } from '../../words/words';
import type { ProfileProblems } from './profileProblems';

/** The hours of each day of a week. */
export function WeekField({
	label,
	week,
	problemAt,
	onWeek,
}: {
	label: string;
	week: WeekHours;
	problemAt: ProfileProblems['at'];
	onWeek: (to: Partial<WeekHours>) => void;
}) {
	const { hours: said } = words.value.settings;
	return (
		<div role="group" aria-label={label}>
			{WEEKDAYS.map((day) => {
				const ranges = week[day];
				const name = said.days[day];
				return (
					<div key={day} class="hoursRow" role="group" aria-label={name}>
						<b>{name}</b>
						<div>
							{ranges.length === 0 ? <span class="fieldHint">{said.closed}</span> : null}
							{ranges.map((range, index) => {
								const put = (to: Partial<typeof range>): void =>
									onWeek({ [day]: ranges.map((other, at) => (at === index ? { ...other, ...to } : other)) });
								const trouble = problemAt(day, index, 'from') ?? problemAt(day, index, 'to');
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
											onClick={() => onWeek({ [day]: ranges.filter((_other, at) => at !== index) })}
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
							onClick={() => onWeek({ [day]: [...ranges, { from: '08:00', to: '17:00' }] })}
						/>
					</div>
				);
			})}
		</div>
	);
}
