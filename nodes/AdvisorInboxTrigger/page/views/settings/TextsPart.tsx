import { RotateCcw, Search } from 'lucide';
import { useState } from 'preact/hooks';

import type { Language } from '../../../../shared/domain/profile/businessProfile';
import type { TextOfProfile } from '../../../../shared/text/textsOfProfile';
import { Button } from '../../pieces/Button';
import { Check, Segments, TextArea } from '../../pieces/fields';
import { Icon } from '../../pieces/Icon';
import { withText } from '../../state/profileEdit';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { BubblePreview, bubbleOf } from './BubblePreview';
import { LANGUAGE_NAMES } from './languageNames';
import { shownText } from './shownText';

function Editor({
	entry,
	main,
	part,
}: {
	entry: TextOfProfile;
	/** The same in the main language, where this is another. */
	main?: TextOfProfile;
	part: ProfilePart;
}) {
	const { texts: said } = words.value.settings;
	const { profile, problems, change } = part;
	const { key, language, override: own } = entry;
	const put = (text: string | undefined): void => change({ texts: withText(profile.texts, language, key, text) });
	const shown = bubbleOf(key, profile, language);
	return (
		<section class="settingsCard">
			<header>
				<h2>{entry.key}</h2>
				{part.profile.languages.length > 1 ? <span class="chip">{LANGUAGE_NAMES[language]}</span> : null}
				<span class="chip">{entry.origin === 'client' ? said.client : said.ours}</span>
				{own === undefined ? null : (
					<Button small look="quiet" icon={RotateCcw} onClick={() => put(undefined)}>
						{said.reset}
					</Button>
				)}
			</header>
			<TextArea
				label={said.yours}
				rows={6}
				value={own ?? entry.standard}
				maxLength={4096}
				error={problems.at('texts', language, key) ?? shown.trouble}
				onText={(text) => put(text === entry.standard && text !== '' ? undefined : text)}
			/>
			{entry.values.length > 0 ? (
				<p class="valueList">
					{said.values}
					{entry.values.map((value) => (
						<button
							key={value}
							type="button"
							class="chip"
							onClick={() => put(`${own ?? entry.standard}{${value}}`)}
						>{`{${value}}`}</button>
					))}
				</p>
			) : null}
			<BubblePreview title={said.preview} text={shown.text ?? own ?? entry.standard} />
			{own === undefined || entry.standard === '' ? null : (
				<div class="field">
					<span class="fieldLabel">{said.standard}</span>
					<p class="standardText">{entry.standard}</p>
				</div>
			)}
			{main === undefined ? null : (
				<div class="field">
					<span class="fieldLabel">{LANGUAGE_NAMES[main.language]}</span>
					<p class="standardText">{main.override ?? main.standard}</p>
				</div>
			)}
		</section>
	);
}

/** Every sentence a customer can read, in each language: changed here, seen at once. */
export function TextsPart(part: ProfilePart) {
	const { texts: said } = words.value.settings;
	const { sentence } = settingsWords.value;
	const { profile, texts, problems } = part;
	const [typed, setTyped] = useState('');
	const [onlyOwn, setOnlyOwn] = useState(false);
	const chosen = shownText.value.key ?? texts[0]?.key;
	const language = profile.languages.find((known) => known === shownText.value.language) ?? profile.language;
	const show = (to: typeof shownText.value): void => {
		shownText.value = { ...shownText.value, ...to };
	};
	const wanted = typed.trim().toLowerCase();
	const ofLanguage = texts.filter((entry) => entry.language === language);
	const shown = ofLanguage.filter(
		(entry) =>
			(!onlyOwn || entry.override !== undefined) &&
			`${entry.key} ${entry.override ?? entry.standard}`.toLowerCase().includes(wanted),
	);
	const entry = ofLanguage.find(({ key }) => key === chosen);
	const main = texts.find((one) => one.key === chosen && one.language === profile.language);
	return (
		<>
			<p class="lead">{said.lead}</p>
			<div class="textsGrid">
				<div class="form">
					{profile.languages.length > 1 ? (
						<Segments<Language>
							label={sentence.language}
							value={language}
							choices={profile.languages.map((value) => ({ value, name: LANGUAGE_NAMES[value] }))}
							onChoice={(to) => show({ language: to })}
						/>
					) : null}
					<label class="search">
						<Icon of={Search} size={16} />
						<span class="unseen">{said.search}</span>
						<input
							type="search"
							placeholder={said.search}
							value={typed}
							onInput={({ currentTarget }) => setTyped(currentTarget.value)}
						/>
					</label>
					<Check label={said.onlyOverridden} checked={onlyOwn} onCheck={setOnlyOwn} />
					<ul class="textList">
						{shown.map((one) => (
							<li key={one.key}>
								<button type="button" aria-pressed={one.key === chosen} onClick={() => show({ key: one.key })}>
									<span>
										{one.key}
										{one.override === undefined ? null : <span class="chip intent">{said.overridden}</span>}
										{problems.at('texts', language, one.key) === undefined ? null : <span class="chip trouble">!</span>}
									</span>
									<span>{one.override ?? one.standard}</span>
								</button>
							</li>
						))}
					</ul>
				</div>
				{entry ? (
					<Editor key={`${language} ${entry.key}`} entry={entry} main={main === entry ? undefined : main} part={part} />
				) : null}
			</div>
		</>
	);
}
