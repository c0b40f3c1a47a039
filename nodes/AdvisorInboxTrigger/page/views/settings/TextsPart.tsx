import { RotateCcw, Search } from 'lucide';
import { useState } from 'preact/hooks';

import type { TextOfProfile } from '../../../../shared/text/textsOfProfile';
import { Button } from '../../pieces/Button';
import { Check, TextArea } from '../../pieces/fields';
import { Icon } from '../../pieces/Icon';
import { withText } from '../../state/profileEdit';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { BubblePreview, bubbleOf } from './BubblePreview';
import { LANGUAGE_NAMES } from './languageNames';

const idOf = (entry: TextOfProfile): string => `${entry.language} ${entry.key}`;

function Editor({ entry, part }: { entry: TextOfProfile; part: ProfilePart }) {
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
		</section>
	);
}

/** Every sentence a customer can read: changed here, seen at once. */
export function TextsPart(part: ProfilePart) {
	const { texts: said } = words.value.settings;
	const { texts } = part;
	const [typed, setTyped] = useState('');
	const [onlyOwn, setOnlyOwn] = useState(false);
	const [chosen, setChosen] = useState(texts[0] ? idOf(texts[0]) : '');
	const wanted = typed.trim().toLowerCase();
	const shown = texts.filter(
		(entry) =>
			(!onlyOwn || entry.override !== undefined) &&
			`${entry.key} ${entry.override ?? entry.standard}`.toLowerCase().includes(wanted),
	);
	const entry = texts.find((one) => idOf(one) === chosen);
	const several = new Set(texts.map(({ language }) => language)).size > 1;
	return (
		<>
			<p class="lead">{said.lead}</p>
			<div class="textsGrid">
				<div class="form">
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
							<li key={idOf(one)}>
								<button type="button" aria-pressed={idOf(one) === chosen} onClick={() => setChosen(idOf(one))}>
									<span>
										{one.key}
										{several ? <span class="chip">{one.language}</span> : null}
										{one.override === undefined ? null : <span class="chip intent">{said.overridden}</span>}
									</span>
									<span>{one.override ?? one.standard}</span>
								</button>
							</li>
						))}
					</ul>
				</div>
				{entry ? <Editor key={idOf(entry)} entry={entry} part={part} /> : null}
			</div>
		</>
	);
}
