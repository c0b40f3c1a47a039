import { Plus, Trash2 } from 'lucide';

import { LANGUAGES, type Language } from '../../../../shared/domain/profile/businessProfile';
import { keyOf } from '../../../../shared/domain/profile/keyOf';
import { Button, IconButton } from '../../pieces/Button';
import { Check, Segments, SelectField, TextField } from '../../pieces/fields';
import { WordsField } from '../../pieces/WordsField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { LANGUAGE_NAMES } from './languageNames';

const TIME_ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** Who the business is, and the areas of its team. */
export function BusinessPart({ profile, problems, change }: ProfilePart) {
	const { data } = settingsWords.value;
	const { business } = words.value.settings;
	const zones = TIME_ZONES.includes(profile.timeZone) ? TIME_ZONES : [profile.timeZone, ...TIME_ZONES];
	const put = (index: number, to: Partial<(typeof profile.areas)[number]>): void =>
		change({ areas: profile.areas.map((other, at) => (at === index ? { ...other, ...to } : other)) });
	return (
		<>
			<section class="settingsCard">
				<TextField
					label={business.name}
					value={profile.name}
					maxLength={120}
					error={problems.at('name')}
					onText={(name) => change({ name })}
				/>
				<TextField
					label={business.slogan}
					value={profile.slogan}
					onText={(slogan) => change({ slogan })}
					maxLength={300}
				/>
				<div class="formRow">
					<TextField
						label={business.country}
						value={profile.country}
						maxLength={2}
						error={problems.at('country')}
						onText={(country) => change({ country: country.toUpperCase() })}
					/>
					<SelectField
						label={business.timeZone}
						value={profile.timeZone}
						choices={zones.map((value) => ({ value, name: value.replaceAll('_', ' ') }))}
						error={problems.at('timeZone')}
						onChoice={(timeZone) => change({ timeZone })}
					/>
					<SelectField<Language>
						label={business.language}
						value={profile.language}
						choices={LANGUAGES.map((value) => ({ value, name: LANGUAGE_NAMES[value] }))}
						onChoice={(language) => change({ language, languages: [...new Set([language, ...profile.languages])] })}
					/>
				</div>
				<div class="field" role="group" aria-label={business.languages}>
					<span class="fieldLabel">{business.languages}</span>
					<div class="areasChecks">
						{LANGUAGES.map((value) => (
							<Check
								key={value}
								label={LANGUAGE_NAMES[value]}
								checked={profile.languages.includes(value)}
								disabled={value === profile.language}
								onCheck={(checked) =>
									change({
										languages: checked
											? [...profile.languages, value]
											: profile.languages.filter((other) => other !== value),
									})
								}
							/>
						))}
					</div>
				</div>
				<div class="field">
					<span class="fieldLabel">{business.start}</span>
					<Segments<'data' | 'menu'>
						label={business.start}
						value={profile.start}
						choices={[
							{ value: 'data', name: business.starts.data },
							{ value: 'menu', name: business.starts.menu },
						]}
						onChoice={(start) => change({ start })}
					/>
				</div>
				<TextField
					label={business.privacyUrl}
					hint={business.privacyHint}
					type="url"
					value={profile.consent.privacyUrl}
					error={problems.at('consent', 'privacyUrl')}
					onText={(privacyUrl) => change({ consent: { ...profile.consent, privacyUrl } })}
				/>
				<TextField
					label={business.casePattern}
					hint={business.casePatternHint}
					value={profile.cases.numberPattern}
					error={problems.at('cases', 'numberPattern')}
					onText={(numberPattern) => change({ cases: { ...profile.cases, numberPattern } })}
				/>
				<WordsField
					label={data.channels}
					hint={data.channelsHint}
					value={profile.channels}
					onWords={(channels) => change({ channels })}
				/>
			</section>
			<section class="settingsCard">
				<header>
					<h2>{business.areas}</h2>
					<Button
						small
						icon={Plus}
						onClick={() => {
							const taken = profile.areas.map(({ key }) => key);
							let number = profile.areas.length + 1;
							while (taken.includes(`area${number}`)) number += 1;
							change({ areas: [...profile.areas, { key: `area${number}`, name: '' }] });
						}}
					>
						{words.value.actions.add}
					</Button>
				</header>
				<ul class="listEdit">
					{profile.areas.map((area, index) => (
						<li key={index}>
							<TextField
								label={business.areaName}
								value={area.name}
								error={problems.at('areas', index, 'name') ?? problems.at('areas', index, 'key')}
								onText={(name) => put(index, { name })}
								onChange={({ currentTarget: { value } }) => {
									// A new area is known by its first name from then on; a key in use never changes.
									const key = keyOf(value);
									const isTaken = profile.areas.some((other) => other.key === key);
									if (/^area\d+$/.test(area.key) && value.trim() !== '' && !isTaken) put(index, { key, name: value });
								}}
							/>
							<span class="chip">{area.key}</span>
							<IconButton
								icon={Trash2}
								size={16}
								name={`${words.value.actions.remove} ${area.name}`}
								disabled={profile.areas.length === 1}
								onClick={() => change({ areas: profile.areas.filter((_other, at) => at !== index) })}
							/>
						</li>
					))}
				</ul>
			</section>
		</>
	);
}
