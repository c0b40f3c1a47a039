import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide';

import { INTENTS } from '../../../../shared/domain/classifier/types';
import {
	CASE_TYPES,
	QUESTION_TYPES,
	type MenuOption,
	type Question,
} from '../../../../shared/domain/profile/businessProfile';
import { Button, IconButton } from '../../pieces/Button';
import { Check, SelectField, TextField } from '../../pieces/fields';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';

const MOST_OPTIONS = 10;
const commaList = (text: string): string[] =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');

function moved<Entry>(list: readonly Entry[], at: number, by: number): Entry[] {
	const next = [...list];
	const [taken] = next.splice(at, 1);
	next.splice(at + by, 0, taken);
	return next;
}

function QuestionRow({
	question,
	texts,
	onChange,
	onRemove,
}: {
	question: Question;
	texts: readonly string[];
	onChange: (to: Partial<Question>) => void;
	onRemove: () => void;
}) {
	const { menu } = words.value.settings;
	const keys = texts.includes(question.textKey) ? texts : [question.textKey, ...texts];
	return (
		<li>
			<TextField label={menu.field} value={question.field} maxLength={40} onText={(field) => onChange({ field })} />
			<SelectField
				label={menu.questionType}
				value={question.type}
				choices={QUESTION_TYPES.map((value) => ({ value, name: menu.questionTypes[value] }))}
				onChoice={(type) => onChange({ type })}
			/>
			<SelectField
				label={menu.textKey}
				value={question.textKey}
				choices={keys.map((value) => ({ value, name: value }))}
				onChoice={(textKey) => onChange({ textKey })}
			/>
			<Check label={menu.ask} checked={question.ask} onCheck={(ask) => onChange({ ask })} />
			<IconButton icon={Trash2} size={16} name={`${words.value.actions.remove} ${question.field}`} onClick={onRemove} />
		</li>
	);
}

function OptionCard({
	option,
	index,
	count,
	part,
	onChange,
	onMove,
	onRemove,
}: {
	option: MenuOption;
	index: number;
	count: number;
	part: ProfilePart;
	onChange: (to: Partial<MenuOption>) => void;
	onMove: (by: number) => void;
	onRemove: () => void;
}) {
	const { settings, cases } = words.value;
	const { menu } = settings;
	const { areas } = part.profile;
	return (
		<details class="optionCard" open={index === 0}>
			<summary>
				<span>{option.title}</span>
				<small>
					{areas.find(({ key }) => key === option.area)?.name ?? option.area} · {cases.types[option.caseType]}
				</small>
			</summary>
			<div class="optionBody">
				<div class="formRow">
					<TextField label={menu.title} value={option.title} maxLength={20} onText={(title) => onChange({ title })} />
					<TextField label={menu.label} value={option.label} onText={(label) => onChange({ label })} />
				</div>
				<div class="formRow">
					<SelectField
						label={menu.area}
						value={option.area}
						choices={areas.map(({ key, name }) => ({ value: key, name }))}
						onChoice={(area) => onChange({ area })}
					/>
					<SelectField
						label={menu.caseType}
						value={option.caseType}
						choices={CASE_TYPES.map((value) => ({ value, name: cases.types[value] }))}
						onChoice={(caseType) => onChange({ caseType })}
					/>
				</div>
				<TextField
					label={menu.keywords}
					hint={menu.keywordsHint}
					defaultValue={option.keywords.join(', ')}
					onChange={({ currentTarget }) => onChange({ keywords: commaList(currentTarget.value) })}
				/>
				<h3>{menu.questions}</h3>
				<ul class="listEdit questionList">
					{option.questions.map((question, at) => (
						<QuestionRow
							key={at}
							question={question}
							texts={part.texts.map(({ key }) => key)}
							onChange={(to) =>
								onChange({
									questions: option.questions.map((other, place) => (place === at ? { ...other, ...to } : other)),
								})
							}
							onRemove={() => onChange({ questions: option.questions.filter((_other, place) => place !== at) })}
						/>
					))}
				</ul>
				<div class="optionTools">
					<Button
						small
						icon={Plus}
						onClick={() =>
							onChange({
								questions: [
									...option.questions,
									{
										field: `field${option.questions.length + 1}`,
										type: 'text',
										textKey: 'B2',
										ask: true,
										attempts: 2,
										choices: [],
										onlyWhen: [],
									},
								],
							})
						}
					>
						{menu.addQuestion}
					</Button>
					<IconButton
						icon={ArrowUp}
						size={16}
						name={`${menu.up}: ${option.title}`}
						disabled={index === 0}
						onClick={() => onMove(-1)}
					/>
					<IconButton
						icon={ArrowDown}
						size={16}
						name={`${menu.down}: ${option.title}`}
						disabled={index === count - 1}
						onClick={() => onMove(1)}
					/>
					<Button small look="quiet" icon={Trash2} disabled={count === 1} onClick={onRemove}>
						{menu.removeOption}
					</Button>
				</div>
			</div>
		</details>
	);
}

/** What customers can ask for, and the words that mean it. */
export function MenuPart(part: ProfilePart) {
	const { menu } = words.value.settings;
	const { profile, change } = part;
	const { options, keywords } = profile;
	const setOptions = (next: MenuOption[]): void => change({ options: next });
	const addOption = (): void => {
		let number = options.length + 1;
		while (options.some(({ id }) => id === `option${number}`)) number += 1;
		setOptions([
			...options,
			{
				id: `option${number}`,
				title: `${options.length + 1}. ${menu.newOption}`.slice(0, 20),
				label: menu.newOption,
				translations: {},
				keywords: [],
				intents: [],
				area: profile.areas[0]?.key ?? 'sales',
				caseType: 'other',
				questions: [],
				confirmation: ['A5'],
				confirmationWithoutAdvisor: [],
				showsOrderStatus: false,
			},
		]);
	};
	return (
		<>
			<p class="lead">{menu.lead}</p>
			{options.map((option, index) => (
				<OptionCard
					key={option.id}
					option={option}
					index={index}
					count={options.length}
					part={part}
					onChange={(to) => setOptions(options.map((other, at) => (at === index ? { ...other, ...to } : other)))}
					onMove={(by) => setOptions(moved(options, index, by))}
					onRemove={() => setOptions(options.filter((_other, at) => at !== index))}
				/>
			))}
			<div>
				<Button icon={Plus} disabled={options.length >= MOST_OPTIONS} onClick={addOption}>
					{menu.addOption}
				</Button>
			</div>
			<section class="settingsCard">
				<header>
					<h2>{menu.phrases}</h2>
					<Button
						small
						icon={Plus}
						onClick={() => change({ keywords: [...keywords, { intent: 'quotation', phrase: '', weight: 3 }] })}
					>
						{menu.addPhrase}
					</Button>
				</header>
				<p class="fieldHint">{menu.phrasesHint}</p>
				<ul class="listEdit">
					{keywords.map((phrase, index) => {
						const put = (to: Partial<typeof phrase>): void =>
							change({ keywords: keywords.map((other, at) => (at === index ? { ...other, ...to } : other)) });
						return (
							<li key={index}>
								<TextField label={menu.phrase} value={phrase.phrase} onText={(text) => put({ phrase: text })} />
								<SelectField
									label={menu.intent}
									value={phrase.intent}
									choices={INTENTS.map((value) => ({ value, name: menu.intents[value] }))}
									onChoice={(intent) => put({ intent })}
								/>
								<TextField
									label={menu.weight}
									type="number"
									min={0}
									max={10}
									value={phrase.weight}
									onText={(text) => text !== '' && put({ weight: Number(text) })}
								/>
								<IconButton
									icon={Trash2}
									size={16}
									name={`${words.value.actions.remove} ${phrase.phrase}`}
									onClick={() => change({ keywords: keywords.filter((_other, at) => at !== index) })}
								/>
							</li>
						);
					})}
				</ul>
			</section>
		</>
	);
}
