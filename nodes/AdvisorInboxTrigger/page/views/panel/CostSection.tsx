import type { ConversationDetail } from '../../../../shared/domain/inbox/views';
import { money } from '../../format';
import { words } from '../../words/words';
import { Line, Section } from './Section';

/** What the conversation cost and brought. */
export function CostSection({ cost }: Pick<ConversationDetail, 'cost'>) {
	const { panel } = words.value;
	return (
		<Section title={panel.cost} isOpen={false}>
			{cost.length === 0 ? (
				<p class="fieldHint">{panel.noCost}</p>
			) : (
				<dl class="factLines">
					{cost.map((one) => (
						<Line key={`${one.kind}${one.currency}`} name={panel.costs[one.kind](one.count)}>
							{money(one.amount, one.currency)}
							{one.estimated ? <small class="costHint">{panel.estimated(one.estimated)}</small> : null}
						</Line>
					))}
				</dl>
			)}
		</Section>
	);
}
