import { LEAD_STAGES } from '../../../../shared/domain/leads/leadStage';
import { CASE_TYPES, type BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { Check, Checks, SelectField, TextField } from '../../pieces/fields';
import { ListEditor } from '../../pieces/ListEditor';
import { NumberField } from '../../pieces/NumberField';
import { WordsField } from '../../pieces/WordsField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';

const LEAD_RULES = ['formal', 'all', 'never'] as const;
const TAGGED = ['contact', 'lead', 'case'] as const;

type TagRule = BusinessProfile['tags']['rules'][number];

function Handoff({ profile, problems, change }: ProfilePart) {
	const { rules: said } = words.value.settings;
	const { rules } = settingsWords.value;
	const { approvals, handoff } = profile;
	const put = (to: Partial<BusinessProfile['handoff']>): void => change({ handoff: { ...handoff, ...to } });
	return (
		<section class="settingsCard">
			<h2>{said.handoff}</h2>
			<Check label={said.complaint} checked={handoff.complaint} onCheck={(complaint) => put({ complaint })} />
			<Check
				label={said.formalQuotation}
				checked={handoff.formalQuotation}
				onCheck={(formalQuotation) => put({ formalQuotation })}
			/>
			<div class="formRow">
				<NumberField
					label={said.stalledTurns}
					min={1}
					value={handoff.stalledTurns}
					error={problems.at('handoff', 'stalledTurns')}
					onNumber={(stalledTurns) => put({ stalledTurns })}
				/>
				<NumberField
					label={said.leadScore}
					min={0}
					max={100}
					value={handoff.leadScore}
					error={problems.at('handoff', 'leadScore')}
					onNumber={(leadScore) => put({ leadScore })}
				/>
				<NumberField
					label={rules.waitingMinutes}
					hint={rules.waitingHint}
					min={0}
					max={1440}
					value={handoff.waitingMinutes}
					error={problems.at('handoff', 'waitingMinutes')}
					onNumber={(waitingMinutes) => put({ waitingMinutes })}
				/>
			</div>
			<div class="formRow">
				<NumberField
					label={rules.decisionHours}
					hint={rules.decisionHint}
					min={1}
					max={168}
					value={approvals.decisionHours}
					error={problems.at('approvals', 'decisionHours')}
					onNumber={(decisionHours) => change({ approvals: { ...approvals, decisionHours } })}
				/>
			</div>
			<Check
				label={rules.waitingInHoursOnly}
				checked={handoff.waitingInHoursOnly}
				onCheck={(waitingInHoursOnly) => put({ waitingInHoursOnly })}
			/>
		</section>
	);
}

function Routing({ profile, problems, change }: ProfilePart) {
	const { cases } = words.value;
	const { rules } = settingsWords.value;
	const { withoutOption, areaByCaseType } = profile;
	const areas = profile.areas.map(({ key, name }) => ({ value: key, name }));
	return (
		<section class="settingsCard">
			<h2>{rules.routing}</h2>
			<div class="formRow">
				{CASE_TYPES.map((type) => (
					<SelectField
						key={type}
						label={cases.types[type]}
						value={areaByCaseType[type] ?? ''}
						error={problems.at('areaByCaseType', type)}
						choices={[{ value: '', name: rules.noArea }, ...areas]}
						onChoice={(area) => {
							const { [type]: _before, ...others } = areaByCaseType;
							change({ areaByCaseType: area === '' ? others : { ...others, [type]: area } });
						}}
					/>
				))}
			</div>
			<div class="formRow">
				<SelectField
					label={rules.withoutOptionArea}
					value={withoutOption.area}
					error={problems.at('withoutOption', 'area')}
					choices={areas}
					onChoice={(area) => change({ withoutOption: { ...withoutOption, area } })}
				/>
				<SelectField
					label={rules.withoutOptionType}
					value={withoutOption.caseType}
					choices={CASE_TYPES.map((value) => ({ value, name: cases.types[value] }))}
					onChoice={(caseType) => change({ withoutOption: { ...withoutOption, caseType } })}
				/>
			</div>
		</section>
	);
}

function Understanding({ profile, problems, change }: ProfilePart) {
	const { rules } = settingsWords.value;
	const { advisors, classifier } = profile;
	return (
		<section class="settingsCard">
			<h2>{rules.advisors}</h2>
			<div class="formRow">
				<NumberField
					label={rules.nearMatches}
					min={0}
					max={8}
					value={advisors.nearMatches}
					error={problems.at('advisors', 'nearMatches')}
					onNumber={(nearMatches) => change({ advisors: { ...advisors, nearMatches } })}
				/>
				<NumberField
					label={rules.threshold}
					hint={rules.thresholdHint}
					min={0}
					max={1}
					step={0.05}
					value={classifier.threshold}
					error={problems.at('classifier', 'threshold')}
					onNumber={(threshold) => change({ classifier: { ...classifier, threshold } })}
				/>
			</div>
			<Check
				label={rules.showAll}
				checked={advisors.showAll}
				onCheck={(showAll) => change({ advisors: { ...advisors, showAll } })}
			/>
		</section>
	);
}

function TagRuleFields({
	rule,
	index,
	part,
	put,
}: {
	rule: TagRule;
	index: number;
	part: ProfilePart;
	put: (to: Partial<TagRule>) => void;
}) {
	const { cases, lead, settings } = words.value;
	const { rules } = settingsWords.value;
	const { profile, problems } = part;
	const at = (...place: ReadonlyArray<string | number>) => problems.at('tags', 'rules', index, ...place);
	const goneArea = rule.areas.findIndex((area) => !profile.areas.some(({ key }) => key === area));
	const gone = rule.areas.filter((area) => !profile.areas.some(({ key }) => key === area));
	return (
		<div class="rowFields">
			<div class="formRow">
				<TextField
					label={settings.rules.tag}
					value={rule.tag}
					maxLength={40}
					error={at('tag')}
					onText={(tag) => put({ tag })}
				/>
				<SelectField
					label={settings.rules.on}
					value={rule.on}
					choices={TAGGED.map((value) => ({ value, name: settings.rules.ons[value] }))}
					onChoice={(on) => put({ on })}
				/>
				<TextField
					label={rules.minScore}
					hint={rules.any}
					type="number"
					min={0}
					max={100}
					value={rule.minScore === undefined ? '' : String(rule.minScore)}
					error={at('minScore')}
					onText={(text) => put({ minScore: text === '' ? undefined : Number(text) })}
				/>
			</div>
			<WordsField
				label={rules.words}
				value={rule.words}
				error={rule.words.map((_word, place) => at('words', place)).find((problem) => problem !== undefined)}
				onWords={(next) => put({ words: next })}
			/>
			<Checks
				label={rules.caseTypes}
				hint={rules.any}
				value={rule.caseTypes}
				choices={CASE_TYPES.map((value) => ({ value, name: cases.types[value] }))}
				onChoices={(caseTypes) => put({ caseTypes })}
			/>
			<Checks
				label={rules.areas}
				hint={rules.any}
				value={rule.areas}
				error={goneArea === -1 ? undefined : at('areas', goneArea)}
				choices={[
					...profile.areas.map(({ key, name }) => ({ value: key, name })),
					...gone.map((area) => ({ value: area, name: area })),
				]}
				onChoices={(areas) => put({ areas })}
			/>
			<Checks
				label={rules.stages}
				hint={rules.any}
				value={rule.stages}
				choices={LEAD_STAGES.map((value) => ({ value, name: lead.stages[value] ?? value }))}
				onChoices={(stages) => put({ stages })}
			/>
		</div>
	);
}

/** When a person comes in, where requests go, what becomes a lead, what gets a label. */
export function RulesPart(part: ProfilePart) {
	const { rules: said } = words.value.settings;
	const { rules } = settingsWords.value;
	const { profile, problems, change } = part;
	return (
		<>
			<Handoff {...part} />
			<Routing {...part} />
			<Understanding {...part} />
			<section class="settingsCard">
				<h2>{said.leads}</h2>
				<SelectField
					label={said.leadRule}
					value={profile.leads.rule}
					choices={LEAD_RULES.map((value) => ({ value, name: said.leadRules[value] }))}
					onChoice={(rule) => change({ leads: { ...profile.leads, rule } })}
				/>
			</section>
			<section class="settingsCard">
				<h2>{said.tags}</h2>
				<ListEditor
					label={said.tags}
					rows={profile.tags.rules}
					onRows={(next) => change({ tags: { ...profile.tags, rules: next } })}
					nameOf={({ tag }, index) => (tag === '' ? rules.rule(index + 1) : tag)}
					isOrdered={false}
					add={{
						name: said.addTag,
						row: (): TagRule => ({ tag: '', on: 'contact', caseTypes: [], areas: [], words: [], stages: [] }),
					}}
					look="cardList"
				>
					{(rule, put, index) => <TagRuleFields rule={rule} index={index} part={part} put={put} />}
				</ListEditor>
			</section>
			<section class="settingsCard">
				<h2>{said.consent}</h2>
				<TextField
					label={said.textVersion}
					value={profile.consent.textVersion}
					onText={(textVersion) => change({ consent: { ...profile.consent, textVersion } })}
				/>
			</section>
			<section class="settingsCard">
				<WordsField
					label={said.testNumbers}
					hint={said.testNumbersHint}
					value={profile.testNumbers}
					error={problems.at('testNumbers')}
					onWords={(testNumbers) => change({ testNumbers })}
				/>
			</section>
		</>
	);
}
