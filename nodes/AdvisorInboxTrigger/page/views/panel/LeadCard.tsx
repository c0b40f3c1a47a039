import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { LeadView } from '../../../../shared/domain/inbox/views';
import { LEAD_STAGES } from '../../../../shared/domain/leads/leadStage';
import { ownValue } from '../../../../shared/domain/ownValue';
import { money, number } from '../../format';
import { useCommand } from '../../pieces/commanded';
import { SelectField } from '../../pieces/fields';
import { words } from '../../words/words';
import { Line } from './Section';

const StageDialog = lazy(async () => (await import('../StageDialog')).StageDialog);

/** The lead of a customer: its stage, its score and what is known. */
export function LeadCard({ one, onDone }: { one: LeadView; onDone: () => void }) {
	const { lead } = words.value;
	const { give, busy } = useCommand();
	const [ending, setEnding] = useState<'Won' | 'Lost'>();
	return (
		<article class="card leadCard">
			<header>
				<span class="stageLine" aria-hidden="true">
					{LEAD_STAGES.filter((stage) => stage !== 'Lost').map((stage, index) => (
						<i key={stage} class={one.stage !== 'Lost' && index <= LEAD_STAGES.indexOf(one.stage) ? 'on' : ''} />
					))}
				</span>
				<span class="chip intent">
					{lead.score} {number(one.score)}
				</span>
			</header>
			<div class="cardActions">
				<SelectField
					hideLabel
					label={lead.stage}
					value={one.stage}
					disabled={busy}
					choices={LEAD_STAGES.map((stage) => ({ value: stage, name: lead.stages[stage] }))}
					onChoice={(stage) => {
						if (stage === 'Won' || stage === 'Lost') {
							setEnding(stage);
							return;
						}
						void give('changeLeadStage', { leadId: one.id, stage }, lead.stageChanged).then(onDone);
					}}
				/>
				{one.amount && one.currency ? <b>{money(one.amount, one.currency)}</b> : null}
			</div>
			<dl class="factLines">
				{Object.entries(one.values)
					.filter(([field]) => ['product', 'quantity', 'budget', 'urgency', 'nextStep'].includes(field))
					.map(([field, value]) => (
						<Line key={field} name={ownValue(lead.fields, field) ?? field}>
							{field === 'urgency' ? (ownValue(lead.urgencies, value) ?? value) : value}
						</Line>
					))}
			</dl>
			{(
				[
					[lead.summary, one.summary],
					[lead.keyQuestions, one.keyQuestions],
					[lead.objections, one.objections],
				] as const
			).map(([title, points]) =>
				points.length > 0 ? (
					<div key={title} class="points">
						<h4>{title}</h4>
						<ul>
							{points.map((point) => (
								<li key={point}>{point}</li>
							))}
						</ul>
					</div>
				) : null,
			)}
			<Suspense fallback={null}>
				{ending ? (
					<StageDialog leadId={one.id} stage={ending} onClose={() => setEnding(undefined)} onDone={onDone} />
				) : null}
			</Suspense>
		</article>
	);
}
