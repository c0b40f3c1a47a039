import { Plus, Trash2 } from 'lucide';

import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { Button, IconButton } from '../../pieces/Button';
import { Check, SelectField, TextArea, TextField } from '../../pieces/fields';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';

const LEAD_RULES = ['formal', 'all', 'never'] as const;
const TAGGED = ['contact', 'lead', 'case'] as const;
const parts = (text: string, by: string): string[] =>
	text
		.split(by)
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** When a person comes in, what becomes a lead, what gets a label. */
export function RulesPart({ profile, change }: ProfilePart) {
	const { rules: said } = words.value.settings;
	const { handoff } = profile;
	const setHandoff = (to: Partial<BusinessProfile['handoff']>): void => change({ handoff: { ...handoff, ...to } });
	const { rules } = profile.tags;
	const setRules = (next: BusinessProfile['tags']['rules']): void => change({ tags: { ...profile.tags, rules: next } });
	return (
		<>
			<section class="settingsCard">
				<h2>{said.handoff}</h2>
				<Check label={said.complaint} checked={handoff.complaint} onCheck={(complaint) => setHandoff({ complaint })} />
				<Check
					label={said.formalQuotation}
					checked={handoff.formalQuotation}
					onCheck={(formalQuotation) => setHandoff({ formalQuotation })}
				/>
				<div class="formRow">
					<TextField
						label={said.stalledTurns}
						type="number"
						min={1}
						value={handoff.stalledTurns}
						onText={(text) => text !== '' && setHandoff({ stalledTurns: Number(text) })}
					/>
					<TextField
						label={said.leadScore}
						type="number"
						min={0}
						max={100}
						value={handoff.leadScore}
						onText={(text) => text !== '' && setHandoff({ leadScore: Number(text) })}
					/>
				</div>
			</section>
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
				<h2>{said.consent}</h2>
				<TextField
					label={said.textVersion}
					value={profile.consent.textVersion}
					onText={(textVersion) => change({ consent: { ...profile.consent, textVersion } })}
				/>
			</section>
			<section class="settingsCard">
				<header>
					<h2>{said.tags}</h2>
					<Button
						small
						icon={Plus}
						onClick={() =>
							setRules([...rules, { tag: '', on: 'contact', caseTypes: [], areas: [], words: [], stages: [] }])
						}
					>
						{said.addTag}
					</Button>
				</header>
				<ul class="listEdit">
					{rules.map((rule, index) => {
						const put = (to: Partial<typeof rule>): void =>
							setRules(rules.map((other, at) => (at === index ? { ...other, ...to } : other)));
						return (
							<li key={index}>
								<TextField label={said.tag} value={rule.tag} maxLength={40} onText={(tag) => put({ tag })} />
								<SelectField
									label={said.on}
									value={rule.on}
									choices={TAGGED.map((value) => ({ value, name: said.ons[value] }))}
									onChoice={(on) => put({ on })}
								/>
								<TextField
									label={said.words}
									defaultValue={rule.words.join(', ')}
									onChange={({ currentTarget }) => put({ words: parts(currentTarget.value, ',') })}
								/>
								<IconButton
									icon={Trash2}
									size={16}
									name={`${words.value.actions.remove} ${rule.tag}`}
									onClick={() => setRules(rules.filter((_other, at) => at !== index))}
								/>
							</li>
						);
					})}
				</ul>
			</section>
			<section class="settingsCard">
				<TextArea
					label={said.testNumbers}
					hint={said.testNumbersHint}
					defaultValue={profile.testNumbers.join('\n')}
					onChange={({ currentTarget }) => change({ testNumbers: parts(currentTarget.value, '\n') })}
				/>
			</section>
		</>
	);
}
