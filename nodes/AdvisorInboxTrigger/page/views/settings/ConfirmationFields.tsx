import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import type { ProfilePath } from '../../../../shared/domain/profile/profileRules';
import { ListEditor } from '../../pieces/ListEditor';
import { settingsWords } from '../../words/settings/words';
import type { ProfilePart } from '../SettingsView';
import { BubblePreview, bubbleOf } from './BubblePreview';
import { SentenceField } from './SentenceField';

/** Sentences that leave together as one confirmation. */
export function ConfirmationFields({
	title,
	hint,
	keys,
	least,
	part,
	path,
	base,
	onKeys,
}: {
	title: string;
	hint?: string;
	keys: readonly string[];
	least: number;
	part: ProfilePart;
	path: ProfilePath;
	base: string;
	onKeys: (keys: string[], texts?: BusinessProfile['texts']) => void;
}) {
	const { option: said, preview } = settingsWords.value;
	const { profile, problems } = part;
	const bubble = keys.map((key) => bubbleOf(key, profile, profile.language).text ?? '').filter((text) => text !== '');
	return (
		<div class="subFields">
			<h4>{title}</h4>
			{hint ? <p class="fieldHint">{hint}</p> : null}
			<ListEditor
				label={title}
				rows={keys.map((key) => ({ key }))}
				onRows={(rows) => onKeys(rows.map(({ key }) => key))}
				nameOf={(_row, index) => said.sentence(index + 1)}
				least={least}
				error={problems.at(...path)}
				add={{ name: said.addSentence, row: () => ({ key: 'I' }) }}
				look="cardList"
			>
				{({ key }, _put, index) => (
					<SentenceField
						part={part}
						label={`${title} ${index + 1}`}
						textKey={key}
						base={base}
						path={[...path, index]}
						onSentence={(next, texts) =>
							onKeys(
								keys.map((other, at) => (at === index ? next : other)),
								texts,
							)
						}
					/>
				)}
			</ListEditor>
			{bubble.length > 0 ? <BubblePreview title={preview} text={bubble.join('\n\n')} /> : null}
		</div>
	);
}
