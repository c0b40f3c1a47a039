import {
	QUESTION_TYPES,
	type BusinessProfile,
	type Language,
	type Question,
} from '../../../../shared/domain/profile/businessProfile';
import type { ProfilePath } from '../../../../shared/domain/profile/profileRules';
import { Check, SelectField, TextField } from '../../pieces/fields';
import { Foldable } from '../../pieces/Foldable';
import { ListEditor } from '../../pieces/ListEditor';
import { NumberField } from '../../pieces/NumberField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { BubblePreview, bubbleOf } from './BubblePreview';
import { ChoiceFields } from './ChoiceFields';
import { ConditionFields } from './ConditionFields';
import { SentenceField } from './SentenceField';

type Texts = BusinessProfile['texts'];

const titleIn = (choice: Question['choices'][number], language: Language): string =>
	choice.translations[language] ?? choice.title;

function QuestionCard({
	question,
	earlier,
	part,
	path,
	base,
	onChange,
}: {
	question: Question;
	earlier: readonly Question[];
	part: ProfilePart;
	path: ProfilePath;
	base: string;
	onChange: (to: Partial<Question>, texts?: Texts) => void;
}) {
	const { question: said, preview } = settingsWords.value;
	const { menu } = words.value.settings;
	const { profile, problems } = part;
	const { language } = profile;
	const shown = bubbleOf(question.textKey, profile, language).text ?? '';
	return (
		<Foldable
			look="questionCard"
			isWrong={problems.under(path)}
			summary={
				<>
					<span dir="auto">{shown.replaceAll(/\s+/g, ' ') || question.field}</span>
					<small>
						{menu.questionTypes[question.type]}
						{question.ask ? '' : ` · ${said.notAsked}`}
					</small>
				</>
			}
		>
			<div class="rowFields">
				<SentenceField
					part={part}
					label={said.words}
					textKey={question.textKey}
					base={`${base}_${question.field}`}
					path={[...path, 'textKey']}
					onSentence={(textKey, texts) => onChange({ textKey }, texts)}
				/>
				<div class="formRow">
					<SelectField
						label={menu.questionType}
						value={question.type}
						choices={QUESTION_TYPES.map((value) => ({ value, name: menu.questionTypes[value] }))}
						onChoice={(type) => onChange({ type })}
					/>
					<TextField
						label={said.field}
						hint={said.fieldHint}
						value={question.field}
						maxLength={40}
						error={problems.at(...path, 'field')}
						onText={(field) => onChange({ field })}
					/>
					<NumberField
						label={said.attempts}
						value={question.attempts}
						min={1}
						max={3}
						error={problems.at(...path, 'attempts')}
						onNumber={(attempts) => onChange({ attempts })}
					/>
				</div>
				<Check label={said.ask} hint={said.askHint} checked={question.ask} onCheck={(ask) => onChange({ ask })} />
				{question.type === 'choice' ? (
					<ChoiceFields
						choices={question.choices}
						part={part}
						path={[...path, 'choices']}
						onChoices={(choices) => onChange({ choices })}
					/>
				) : null}
				<Check
					label={said.ownWrong}
					checked={question.invalidTextKey !== undefined}
					onCheck={(own) => onChange({ invalidTextKey: own ? question.textKey : undefined })}
				/>
				{question.invalidTextKey === undefined ? null : (
					<SentenceField
						part={part}
						label={said.wrong}
						textKey={question.invalidTextKey}
						base={`${base}_${question.field}_wrong`}
						path={[...path, 'invalidTextKey']}
						onSentence={(invalidTextKey, texts) => onChange({ invalidTextKey }, texts)}
					/>
				)}
				<ConditionFields
					conditions={question.onlyWhen}
					earlier={earlier}
					part={part}
					path={[...path, 'onlyWhen']}
					onConditions={(onlyWhen) => onChange({ onlyWhen })}
				/>
				{question.ask ? (
					<BubblePreview
						title={preview}
						text={shown}
						choices={question.type === 'choice' ? question.choices.map((choice) => titleIn(choice, language)) : []}
					/>
				) : null}
			</div>
		</Foldable>
	);
}

/** Questions in the order in which they are asked. */
export function QuestionFields({
	label,
	questions,
	part,
	path,
	base,
	onQuestions,
}: {
	label: string;
	questions: readonly Question[];
	part: ProfilePart;
	path: ProfilePath;
	/** Under what sentences of their own are kept. */
	base: string;
	onQuestions: (questions: Question[], texts?: Texts) => void;
}) {
	const { question: said } = settingsWords.value;
	const freshField = (): string => {
		let number = questions.length + 1;
		while (questions.some(({ field }) => field === `field${number}`)) number += 1;
		return `field${number}`;
	};
	return (
		<ListEditor
			label={label}
			rows={questions}
			onRows={(rows) => onQuestions(rows)}
			nameOf={(_question, index) => said.number(index + 1)}
			error={part.problems.at(...path)}
			add={{
				name: said.add,
				row: (): Question => ({
					field: freshField(),
					type: 'text',
					textKey: 'F2',
					ask: true,
					attempts: 2,
					choices: [],
					onlyWhen: [],
				}),
			}}
			look="cardList"
		>
			{(question, _put, index) => (
				<QuestionCard
					question={question}
					earlier={questions.slice(0, index)}
					part={part}
					path={[...path, index]}
					base={base}
					onChange={(to, texts) =>
						onQuestions(
							questions.map((other, at) => (at === index ? { ...other, ...to } : other)),
							texts,
						)
					}
				/>
			)}
		</ListEditor>
	);
}
