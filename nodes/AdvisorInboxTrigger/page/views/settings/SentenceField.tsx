import { useState } from 'preact/hooks';

import type { BusinessProfile, Language } from '../../../../shared/domain/profile/businessProfile';
import type { ProfilePath } from '../../../../shared/domain/profile/profileRules';
import { Segments, SelectField, TextArea } from '../../pieces/fields';
import { isSaidOnlyHere, sayHere, usesOfText } from '../../state/profileEdit';
import { settingsWords } from '../../words/settings/words';
import type { ProfilePart } from '../SettingsView';
import { LANGUAGE_NAMES } from './languageNames';

const SHOWN_OF_A_TEXT = 70;

/** A sentence of one place of the profile: its words in every language, or another sentence of the list. */
export function SentenceField({
	part,
	label,
	textKey,
	base,
	path,
	onSentence,
}: {
	part: ProfilePart;
	label: string;
	textKey: string;
	/** Under what a sentence of this place's own is kept. */
	base: string;
	path: ProfilePath;
	onSentence: (textKey: string, texts: BusinessProfile['texts']) => void;
}) {
	const { sentence } = settingsWords.value;
	const { profile, problems, texts: all } = part;
	const [chosen, setChosen] = useState<Language>(profile.language);
	const language = profile.languages.includes(chosen) ? chosen : profile.language;
	const here = all.find((text) => text.key === textKey && text.language === language);
	const main = all.find((text) => text.key === textKey && text.language === profile.language);
	const said = here?.override ?? here?.standard ?? '';
	const isMissing = said === '' && language !== profile.language && main !== undefined;
	const keys = all.filter((text) => text.language === profile.language);
	const choices = keys.map(({ key, override, standard, origin }) => ({
		value: key,
		name: `${origin === 'client' && standard === '' ? `${key} (${sentence.ofOption})` : key} · ${(override ?? standard).replaceAll(/\s+/g, ' ').slice(0, SHOWN_OF_A_TEXT)}`,
	}));
	return (
		<div class="sentence">
			{profile.languages.length > 1 ? (
				<Segments<Language>
					label={`${sentence.language}: ${label}`}
					value={language}
					choices={profile.languages.map((value) => ({ value, name: LANGUAGE_NAMES[value] }))}
					onChoice={setChosen}
				/>
			) : null}
			<TextArea
				label={label}
				rows={2}
				value={said}
				maxLength={4096}
				error={problems.at(...path) ?? problems.at('texts', language, textKey)}
				hint={
					isMissing
						? sentence.untranslated(LANGUAGE_NAMES[profile.language])
						: isSaidOnlyHere(profile, textKey)
							? undefined
							: usesOfText(profile, textKey) > 1
								? sentence.shared
								: sentence.standard
				}
				onText={(words) => {
					const next = sayHere(profile, textKey, base, language, words);
					onSentence(next.key, next.texts);
				}}
			/>
			<SelectField
				label={`${sentence.which}: ${label}`}
				value={textKey}
				choices={keys.some(({ key }) => key === textKey) ? choices : [{ value: textKey, name: textKey }, ...choices]}
				onChoice={(key) => onSentence(key, profile.texts)}
			/>
		</div>
	);
}
