import { ExternalLink } from 'lucide';
import type { ComponentChildren } from 'preact';

import { ownValue } from '../../../shared/domain/ownValue';
import { share } from '../format';
import { useAsked } from '../pieces/asked';
import { Dialog } from '../pieces/Dialog';
import { safeUrl } from '../pieces/FormattedText';
import { Icon } from '../pieces/Icon';
import { Failed, Skeleton } from '../pieces/states';
import { words } from '../words/words';

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
	<div>
		<dt>{name}</dt>
		<dd>{children}</dd>
	</div>
);

/** «¿Por qué?»: what led the bot to say this. */
export function WhyDialog({ messageId, onClose }: { messageId: string; onClose: () => void }) {
	const { why, lead, modes, settings } = words.value;
	const asked = useAsked('explanation', { messageId });
	const told = asked.answer;
	// What ends with a request is forgotten, not learned: the case keeps it.
	const learned = told
		? Object.keys(told.after).filter((field) => ownValue(told.before, field) !== ownValue(told.after, field))
		: [];
	const nameOf = (field: string): string => ownValue(lead.fields, field) ?? field;
	/** Some values are keys of the dialogue's own, which have names on this page. */
	const valueOf = (field: string, value: string | undefined): string => {
		if (value === undefined) return '—';
		if (field === 'asked') return nameOf(value);
		if (field === 'mode') return ownValue(modes, value) ?? value;
		if (field === 'intent') return ownValue(settings.menu.intents, value) ?? value;
		return value;
	};
	// What was asked is said in the line above: only an answer that asks nothing has something to add.
	const next =
		told?.next === undefined ? undefined : (ownValue(why.nexts, told.next) ?? (told.asked ? undefined : told.next));
	const execution = safeUrl(told?.executionUrl);
	const isEmpty = told && told.understood === undefined && told.rule === undefined && learned.length === 0;
	return (
		<Dialog title={why.title} onClose={onClose}>
			{told === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={4} />
				)
			) : isEmpty ? (
				<p>{why.nothing}</p>
			) : (
				<>
					<dl class="facts">
						{told.understood ? <Fact name={why.understood}>{told.understood}</Fact> : null}
						{told.confidence !== undefined ? (
							<Fact name={why.confidence}>
								<span class="meterLine">
									<meter
										min={0}
										max={1}
										low={0.4}
										high={0.7}
										optimum={1}
										value={told.confidence}
										aria-label={why.confidence}
									/>
									{share(told.confidence)}
								</span>
							</Fact>
						) : null}
						{told.rule ? <Fact name={why.rule}>{told.rule}</Fact> : null}
						{told.matched.length > 0 ? (
							<Fact name={why.matched}>
								{told.matched.map((found) => (
									<mark key={found}>{found}</mark>
								))}
							</Fact>
						) : null}
						{told.asked ? <Fact name={why.asked}>{nameOf(told.asked)}</Fact> : null}
						{next ? <Fact name={why.next}>{next}</Fact> : null}
						{told.branch ? <Fact name={why.branch}>{told.branch}</Fact> : null}
					</dl>
					{learned.length > 0 ? (
						<table class="table">
							<caption>{why.learned}</caption>
							<thead>
								<tr>
									<th scope="col">{lead.field}</th>
									<th scope="col">{why.before}</th>
									<th scope="col">{why.after}</th>
								</tr>
							</thead>
							<tbody>
								{learned.map((field) => (
									<tr key={field}>
										<th scope="row">{nameOf(field)}</th>
										<td>{valueOf(field, ownValue(told.before, field))}</td>
										<td>{valueOf(field, ownValue(told.after, field))}</td>
									</tr>
								))}
							</tbody>
						</table>
					) : null}
					<p class="fieldHint whyFoot">
						{told.profileVersion !== undefined ? <span>{why.version(told.profileVersion)}</span> : null}
						{execution ? (
							<a href={execution} target="_blank" rel="noopener noreferrer">
								<Icon of={ExternalLink} size={14} /> {why.execution}
							</a>
						) : null}
					</p>
				</>
			)}
		</Dialog>
	);
}
