import type { Question } from '../../../../shared/domain/profile/businessProfile';
import type { ProfilePath } from '../../../../shared/domain/profile/profileRules';
import { Checks, SelectField } from '../../pieces/fields';
import { ListEditor } from '../../pieces/ListEditor';
import { WordsField } from '../../pieces/WordsField';
import { settingsWords } from '../../words/settings/words';
import type { ProfilePart } from '../SettingsView';

type Condition = Question['onlyWhen'][number];

/** Which earlier answers a question depends on. */
export function ConditionFields({
	conditions,
	earlier,
	part,
	path,
	onConditions,
}: {
	conditions: readonly Condition[];
	/** The questions before this one. */
	earlier: readonly Question[];
	part: ProfilePart;
	path: ProfilePath;
	onConditions: (conditions: Condition[]) => void;
}) {
	const { conditions: said } = settingsWords.value;
	const { problems } = part;
	if (earlier.length === 0 && conditions.length === 0) return null;
	return (
		<div class="subFields">
			<h4>{said.title}</h4>
			<p class="fieldHint">{said.hint}</p>
			<ListEditor
				label={said.title}
				rows={conditions}
				onRows={onConditions}
				nameOf={(_row, index) => said.name(index + 1)}
				isOrdered={false}
				error={problems.at(...path)}
				add={{
					name: said.add,
					row: () => {
						const asked = earlier.at(-1);
						return { field: asked?.field ?? '', is: asked?.choices.slice(0, 1).map(({ value }) => value) ?? [] };
					},
				}}
				look="cardList"
			>
				{(condition, put, index) => {
					const asked = earlier.find(({ field }) => field === condition.field);
					const known = new Set(asked?.choices.map(({ value }) => value));
					const fields = earlier.some(({ field }) => field === condition.field)
						? earlier.map(({ field }) => field)
						: [condition.field, ...earlier.map(({ field }) => field)];
					return (
						<div class="rowFields">
							<SelectField
								label={said.field}
								value={condition.field}
								error={problems.at(...path, index, 'field')}
								choices={fields.map((field) => ({ value: field, name: field }))}
								onChoice={(field) => put({ field, is: [] })}
							/>
							{asked !== undefined && asked.choices.length > 0 ? (
								<Checks
									label={said.is}
									value={condition.is}
									error={problems.at(...path, index, 'is')}
									choices={[
										...asked.choices.map(({ value, title }) => ({ value, name: title })),
										// An answer that is no button any more stays until somebody takes it away.
										...condition.is.filter((value) => !known.has(value)).map((value) => ({ value, name: value })),
									]}
									onChoices={(is) => put({ is })}
								/>
							) : (
								<WordsField
									label={said.is}
									value={condition.is}
									error={problems.at(...path, index, 'is')}
									onWords={(is) => put({ is })}
								/>
							)}
						</div>
					);
				}}
			</ListEditor>
		</div>
	);
}
