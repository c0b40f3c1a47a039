import { INTENTS } from '../../../../shared/domain/classifier/types';
import { CASE_TYPES, type QuestionChoice } from '../../../../shared/domain/profile/businessProfile';
import { keyOf } from '../../../../shared/domain/profile/keyOf';
import type { ProfilePath } from '../../../../shared/domain/profile/profileRules';
import { Checks, SelectField, TextField } from '../../pieces/fields';
import { Foldable } from '../../pieces/Foldable';
import { ListEditor } from '../../pieces/ListEditor';
import { WordsField } from '../../pieces/WordsField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { LANGUAGE_NAMES } from './languageNames';

const MOST_CHOICES = 10;
/** Of a button that nobody has named yet. */
const FRESH_VALUE = /^choice\d+$/;

function ChoiceRow({
	choice,
	part,
	path,
	onChange,
}: {
	choice: QuestionChoice;
	part: ProfilePart;
	path: ProfilePath;
	onChange: (to: Partial<QuestionChoice>) => void;
}) {
	const { choices: said } = settingsWords.value;
	const { cases, settings } = words.value;
	const { profile, problems } = part;
	const others = profile.languages.filter((language) => language !== profile.language);
	const isWrongInside = [
		...others.map((language) => problems.at(...path, 'translations', language)),
		problems.at(...path, 'area'),
	].some((problem) => problem !== undefined);
	return (
		<div class="rowFields">
			<div class="formRow">
				<TextField
					label={said.label}
					value={choice.title}
					maxLength={20}
					error={problems.at(...path, 'title')}
					onText={(title) => onChange({ title })}
					onChange={({ currentTarget: { value } }) => {
						if (FRESH_VALUE.test(choice.value) && value.trim() !== '') onChange({ title: value, value: keyOf(value) });
					}}
				/>
				<TextField
					label={said.value}
					value={choice.value}
					maxLength={40}
					error={problems.at(...path, 'value')}
					onText={(value) => onChange({ value })}
				/>
			</div>
			<Foldable look="moreFields" isWrong={isWrongInside} summary={said.more}>
				<div class="rowFields">
					<WordsField label={said.keywords} value={choice.keywords} onWords={(keywords) => onChange({ keywords })} />
					<div class="formRow">
						<SelectField
							label={said.caseType}
							value={choice.caseType ?? ''}
							choices={[
								{ value: '', name: said.sameAsOption },
								...CASE_TYPES.map((value) => ({ value, name: cases.types[value] })),
							]}
							onChoice={(caseType) => onChange({ caseType: caseType === '' ? undefined : caseType })}
						/>
						<SelectField
							label={said.area}
							value={choice.area ?? ''}
							error={problems.at(...path, 'area')}
							choices={[
								{ value: '', name: said.sameAsOption },
								...profile.areas.map(({ key, name }) => ({ value: key, name })),
							]}
							onChoice={(area) => onChange({ area: area === '' ? undefined : area })}
						/>
					</div>
					<Checks
						label={said.intents}
						value={choice.intents}
						choices={INTENTS.map((value) => ({ value, name: settings.menu.intents[value] }))}
						onChoices={(intents) => onChange({ intents })}
					/>
					{others.length > 0 ? (
						<div class="formRow">
							{others.map((language) => (
								<TextField
									key={language}
									label={said.translation(LANGUAGE_NAMES[language])}
									value={choice.translations[language] ?? ''}
									maxLength={20}
									error={problems.at(...path, 'translations', language)}
									onText={(title) => {
										const { [language]: _before, ...rest } = choice.translations;
										onChange({ translations: title === '' ? rest : { ...rest, [language]: title } });
									}}
								/>
							))}
						</div>
					) : null}
				</div>
			</Foldable>
		</div>
	);
}

/** The buttons of a question, and where each leads. */
export function ChoiceFields({
	choices,
	part,
	path,
	onChoices,
}: {
	choices: readonly QuestionChoice[];
	part: ProfilePart;
	path: ProfilePath;
	onChoices: (choices: QuestionChoice[]) => void;
}) {
	const { choices: said } = settingsWords.value;
	const freshNumber = (): number => {
		let number = choices.length + 1;
		while (choices.some(({ value }) => value === `choice${number}`)) number += 1;
		return number;
	};
	return (
		<div class="subFields">
			<h4>{said.title}</h4>
			<p class="fieldHint">{said.hint}</p>
			<ListEditor
				label={said.title}
				rows={choices}
				onRows={onChoices}
				nameOf={({ title }) => title}
				most={MOST_CHOICES}
				error={part.problems.at(...path)}
				add={{
					name: said.add,
					row: () => ({
						value: `choice${freshNumber()}`,
						title: said.fresh(freshNumber()),
						keywords: [],
						intents: [],
						translations: {},
					}),
				}}
				look="cardList"
			>
				{(choice, put, index) => <ChoiceRow choice={choice} part={part} path={[...path, index]} onChange={put} />}
			</ListEditor>
		</div>
	);
}
