import { RotateCcw, Search } from 'lucide';
import { useState } from 'preact/hooks';

import { LANGUAGES, type BusinessProfile, type Language } from '../../../../shared/domain/profile/businessProfile';
import type { QueryAnswers } from '../../../../shared/domain/inbox/requests';
import { renderText, TextError } from '../../../../shared/text/render';
import { Button } from '../../pieces/Button';
import { Check, TextArea } from '../../pieces/fields';
import { FormattedText } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';

type TextEntry = QueryAnswers['profile']['texts'][number];

/** What a text is shown with, as a customer would read it. */
const SAMPLES: Readonly<Record<string, string>> = {
	case_number: 'PS-2026-000123',
	advisor: 'Laura Gómez',
	area: 'Ventas',
	need: 'cotización de portátiles',
	status: 'en gestión',
	date: '12 de marzo',
};

const languageOf = (entry: TextEntry): Language => LANGUAGES.find((known) => known === entry.language) ?? 'es';
const idOf = (entry: TextEntry): string => `${entry.language} ${entry.key}`;

/** The bubble as it would leave, or why it could not. */
function bubbleOf(entry: TextEntry, profile: BusinessProfile): { readonly text?: string; readonly trouble?: string } {
	try {
		return { text: renderText({ text: entry.key, values: SAMPLES }, profile, entry.language) };
	} catch (reason) {
		if (reason instanceof TextError) return { trouble: reason.message };
		throw reason;
	}
}

function Editor({ entry, part }: { entry: TextEntry; part: ProfilePart }) {
	const { texts: said } = words.value.settings;
	const { profile, change } = part;
	const language = languageOf(entry);
	const own = profile.texts[language]?.[entry.key];
	const put = (text: string | undefined): void => {
		const { [entry.key]: _before, ...others } = profile.texts[language] ?? {};
		change({
			texts: { ...profile.texts, [language]: text === undefined ? others : { ...others, [entry.key]: text } },
		});
	};
	const shown = bubbleOf(entry, profile);
	return (
		<section class="settingsCard">
			<header>
				<h2>{entry.key}</h2>
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
				error={shown.trouble}
				onText={(text) => put(text === entry.standard ? undefined : text)}
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
			<p class="previewTitle">{said.preview}</p>
			<div class="previewGround" aria-live="polite">
				<div class="bubble">
					<p class="words">
						<FormattedText text={shown.text ?? entry.standard} />
					</p>
				</div>
			</div>
			{own === undefined ? null : (
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
	const { profile, texts } = part;
	const [typed, setTyped] = useState('');
	const [onlyOwn, setOnlyOwn] = useState(false);
	const [chosen, setChosen] = useState(texts[0] ? idOf(texts[0]) : '');
	const ownOf = (entry: TextEntry): string | undefined => profile.texts[languageOf(entry)]?.[entry.key];
	const wanted = typed.trim().toLowerCase();
	const shown = texts.filter(
		(entry) =>
			(!onlyOwn || ownOf(entry) !== undefined) &&
			`${entry.key} ${ownOf(entry) ?? entry.standard}`.toLowerCase().includes(wanted),
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
										{ownOf(one) === undefined ? null : <span class="chip intent">{said.overridden}</span>}
									</span>
									<span>{ownOf(one) ?? one.standard}</span>
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
