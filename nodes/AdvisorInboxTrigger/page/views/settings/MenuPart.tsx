import { INTENTS } from '../../../../shared/domain/classifier/types';
import {
	CASE_TYPES,
	type BusinessProfile,
	type Language,
	type MenuOption,
} from '../../../../shared/domain/profile/businessProfile';
import type { ProfilePath } from '../../../../shared/domain/profile/profileRules';
import { Check, Checks, SelectField, TextField } from '../../pieces/fields';
import { Foldable } from '../../pieces/Foldable';
import { ListEditor } from '../../pieces/ListEditor';
import { NumberField } from '../../pieces/NumberField';
import { WordsField } from '../../pieces/WordsField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { ConfirmationFields } from './ConfirmationFields';
import { LANGUAGE_NAMES } from './languageNames';
import { QuestionFields } from './QuestionFields';

const MOST_OPTIONS = 10;

type Translation = NonNullable<MenuOption['translations'][Language]>;

function OptionTranslations({
	option,
	part,
	path,
	onChange,
}: {
	option: MenuOption;
	part: ProfilePart;
	path: ProfilePath;
	onChange: (to: Partial<MenuOption>) => void;
}) {
	const { option: said } = settingsWords.value;
	const { menu } = words.value.settings;
	const { profile, problems } = part;
	const others = profile.languages.filter((language) => language !== profile.language);
	if (others.length === 0) return null;
	const put = (language: Language, to: Partial<Translation>): void => {
		const { [language]: before, ...rest } = option.translations;
		const next = { title: '', label: '', ...before, ...to };
		if (next.firstLabel === '') delete next.firstLabel;
		const isEmpty = next.title === '' && next.label === '' && next.firstLabel === undefined;
		onChange({ translations: isEmpty ? rest : { ...rest, [language]: next } });
	};
	return (
		<div class="subFields">
			<h4>{said.translations}</h4>
			<p class="fieldHint">{said.translationHint}</p>
			{others.map((language) => {
				const known = option.translations[language];
				const name = (field: string): string => `${field} · ${LANGUAGE_NAMES[language]}`;
				const at = (field: keyof Translation) => problems.at(...path, language, field);
				return (
					<div key={language} class="formRow">
						<TextField
							label={name(menu.title)}
							value={known?.title ?? ''}
							maxLength={20}
							error={at('title')}
							onText={(title) => put(language, { title })}
						/>
						<TextField
							label={name(menu.label)}
							value={known?.label ?? ''}
							error={at('label')}
							onText={(label) => put(language, { label })}
						/>
						<TextField
							label={name(said.firstLabel)}
							value={known?.firstLabel ?? ''}
							error={at('firstLabel')}
							onText={(firstLabel) => put(language, { firstLabel })}
						/>
					</div>
				);
			})}
		</div>
	);
}

function OptionCard({
	option,
	index,
	part,
	onChange,
}: {
	option: MenuOption;
	index: number;
	part: ProfilePart;
	onChange: (to: Partial<MenuOption>, texts?: BusinessProfile['texts']) => void;
}) {
	const { settings, cases } = words.value;
	const { menu } = settings;
	const { option: said } = settingsWords.value;
	const { profile, problems } = part;
	const { areas } = profile;
	const path: ProfilePath = ['options', index];
	return (
		<Foldable
			look="optionCard"
			isOpen={index === 0}
			isWrong={problems.under(path)}
			summary={
				<>
					<span dir="auto">{option.title}</span>
					<small>
						{areas.find(({ key }) => key === option.area)?.name ?? option.area} · {cases.types[option.caseType]}
					</small>
				</>
			}
		>
			<div class="optionBody">
				<div class="formRow">
					<TextField
						label={menu.title}
						value={option.title}
						maxLength={20}
						error={problems.at(...path, 'title')}
						onText={(title) => onChange({ title })}
					/>
					<TextField
						label={menu.label}
						value={option.label}
						error={problems.at(...path, 'label')}
						onText={(label) => onChange({ label })}
					/>
					<TextField
						label={said.firstLabel}
						value={option.firstLabel ?? ''}
						onText={(firstLabel) => onChange({ firstLabel: firstLabel === '' ? undefined : firstLabel })}
					/>
				</div>
				<div class="formRow">
					<SelectField
						label={menu.area}
						value={option.area}
						error={problems.at(...path, 'area')}
						choices={areas.map(({ key, name }) => ({ value: key, name }))}
						onChoice={(area) => onChange({ area })}
					/>
					<SelectField
						label={menu.caseType}
						value={option.caseType}
						choices={CASE_TYPES.map((value) => ({ value, name: cases.types[value] }))}
						onChoice={(caseType) => onChange({ caseType })}
					/>
					<div class="field">
						<span class="fieldLabel">{said.id}</span>
						<code>{option.id}</code>
					</div>
				</div>
				<WordsField label={menu.keywords} value={option.keywords} onWords={(keywords) => onChange({ keywords })} />
				<Checks
					label={said.intents}
					value={option.intents}
					choices={INTENTS.map((value) => ({ value, name: menu.intents[value] }))}
					onChoices={(intents) => onChange({ intents })}
				/>
				<OptionTranslations option={option} part={part} path={[...path, 'translations']} onChange={onChange} />
				<div class="subFields">
					<h3>{menu.questions}</h3>
					<QuestionFields
						label={menu.questions}
						questions={option.questions}
						part={part}
						path={[...path, 'questions']}
						base={option.id}
						onQuestions={(questions, texts) => onChange({ questions }, texts)}
					/>
				</div>
				<Check
					label={said.showsOrderStatus}
					checked={option.showsOrderStatus}
					onCheck={(showsOrderStatus) => onChange({ showsOrderStatus })}
				/>
				<ConfirmationFields
					title={said.confirmation}
					hint={said.confirmationHint}
					keys={option.confirmation}
					least={1}
					part={part}
					path={[...path, 'confirmation']}
					base={`${option.id}_confirmation`}
					onKeys={(confirmation, texts) => onChange({ confirmation }, texts)}
				/>
				<ConfirmationFields
					title={said.withoutAdvisor}
					keys={option.confirmationWithoutAdvisor}
					least={0}
					part={part}
					path={[...path, 'confirmationWithoutAdvisor']}
					base={`${option.id}_confirmation_without_advisor`}
					onKeys={(confirmationWithoutAdvisor, texts) => onChange({ confirmationWithoutAdvisor }, texts)}
				/>
			</div>
		</Foldable>
	);
}

function Phrases({ profile, problems, change }: ProfilePart) {
	const { menu } = words.value.settings;
	return (
		<section class="settingsCard">
			<h2>{menu.phrases}</h2>
			<p class="fieldHint">{menu.phrasesHint}</p>
			<ListEditor
				label={menu.phrases}
				rows={profile.keywords}
				onRows={(keywords) => change({ keywords })}
				nameOf={({ phrase }) => phrase}
				isOrdered={false}
				add={{
					name: menu.addPhrase,
					row: (): BusinessProfile['keywords'][number] => ({ intent: 'quotation', phrase: '', weight: 3 }),
				}}
			>
				{(phrase, put, index) => (
					<>
						<TextField
							label={menu.phrase}
							value={phrase.phrase}
							error={problems.at('keywords', index, 'phrase')}
							onText={(text) => put({ phrase: text })}
						/>
						<SelectField
							label={menu.intent}
							value={phrase.intent}
							choices={INTENTS.map((value) => ({ value, name: menu.intents[value] }))}
							onChoice={(intent) => put({ intent })}
						/>
						<NumberField
							label={menu.weight}
							min={0}
							max={10}
							value={phrase.weight}
							error={problems.at('keywords', index, 'weight')}
							onNumber={(weight) => put({ weight })}
						/>
					</>
				)}
			</ListEditor>
		</section>
	);
}

/** What customers can ask for, what they are asked, and the words that mean it. */
export function MenuPart(part: ProfilePart) {
	const { menu } = words.value.settings;
	const { question } = settingsWords.value;
	const { profile, problems, change } = part;
	const { options } = profile;
	const freshOption = (): MenuOption => {
		let number = options.length + 1;
		while (options.some(({ id }) => id === `option${number}`)) number += 1;
		return {
			id: `option${number}`,
			title: `${options.length + 1}. ${menu.newOption}`.slice(0, 20),
			label: menu.newOption,
			translations: {},
			keywords: [],
			intents: [],
			area: profile.areas[0]?.key ?? profile.withoutOption.area,
			caseType: 'other',
			questions: [{ field: 'details', type: 'text', textKey: 'F2', ask: true, attempts: 2, choices: [], onlyWhen: [] }],
			confirmation: ['I'],
			confirmationWithoutAdvisor: [],
			showsOrderStatus: false,
		};
	};
	return (
		<>
			<p class="lead">{menu.lead}</p>
			<ListEditor
				label={menu.lead}
				rows={options}
				onRows={(next) => change({ options: next })}
				nameOf={({ title }) => title}
				least={1}
				most={MOST_OPTIONS}
				error={problems.at('options')}
				add={{ name: menu.addOption, row: freshOption }}
				look="cardList"
			>
				{(option, _put, index) => (
					<OptionCard
						option={option}
						index={index}
						part={part}
						onChange={(to, texts) =>
							change({
								options: options.map((other, at) => (at === index ? { ...other, ...to } : other)),
								...(texts === undefined ? {} : { texts }),
							})
						}
					/>
				)}
			</ListEditor>
			<section class="settingsCard">
				<h2>{question.contact}</h2>
				<p class="fieldHint">{question.contactHint}</p>
				<QuestionFields
					label={question.contact}
					questions={profile.contactFields}
					part={part}
					path={['contactFields']}
					base="contact"
					onQuestions={(contactFields, texts) => change({ contactFields, ...(texts === undefined ? {} : { texts }) })}
				/>
			</section>
			<Phrases {...part} />
		</>
	);
}
