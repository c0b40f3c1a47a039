import { LayoutTemplate, Search, SendHorizontal } from 'lucide';
import { useState } from 'preact/hooks';

import type { ConversationDetail, TemplateView } from '../../../shared/domain/inbox/views';
import { useAsked } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { Dialog } from '../pieces/Dialog';
import { TextField } from '../pieces/fields';
import { FormattedText } from '../pieces/FormattedText';
import { Icon } from '../pieces/Icon';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { send } from '../state/outgoing';
import { me } from '../state/session';
import { words } from '../words/words';

/** The words of a template with what stands for its variables. */
export const filled = (body: string, template: TemplateView, values: readonly string[]): string =>
	body.replace(/\{\{\s*([\w]+)\s*\}\}/g, (placeholder, name: string) => {
		const value = values[template.variables.indexOf(name)];
		return value ? value : placeholder;
	});

/** What a variable is most likely filled with: the customer's name first, else Meta's sample. */
function firstValues(template: TemplateView, detail: ConversationDetail): string[] {
	return template.variables.map((name, index) => {
		const [firstName = ''] = (detail.contact.name ?? detail.contact.profileName ?? '').split(' ');
		if (/name|nombre|cliente/i.test(name) || (index === 0 && /^\d+$/.test(name))) return firstName;
		if (/advisor|asesor/i.test(name)) return me().advisor.name;
		return '';
	});
}

/** Approved templates, filled in and seen before they leave. */
export function TemplateDialog({ detail, onClose }: { detail: ConversationDetail; onClose: () => void }) {
	const { templates: said, actions } = words.value;
	const { id: conversationId } = detail.conversation;
	const asked = useAsked('templates', { conversationId });
	const [typed, setTyped] = useState('');
	const [chosen, setChosen] = useState<TemplateView>();
	const [values, setValues] = useState<readonly string[]>([]);
	const shown = (asked.answer ?? []).filter(
		({ name, body, status }) =>
			status.toUpperCase() === 'APPROVED' && `${name} ${body}`.toLowerCase().includes(typed.trim().toLowerCase()),
	);
	const isComplete = chosen !== undefined && values.every((value) => value.trim() !== '');
	const submit = (): void => {
		if (chosen === undefined || !isComplete) return;
		send({
			conversationId,
			kind: 'reply',
			text: filled(chosen.body, chosen, values),
			template: { name: chosen.name, languageCode: chosen.languageCode, values: [...values] },
		});
		onClose();
	};
	return (
		<Dialog
			wide
			title={said.title}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{actions.cancel}</Button>
					<Button look="primary" icon={SendHorizontal} disabled={!isComplete} onClick={submit}>
						{said.send}
					</Button>
				</>
			}
		>
			{asked.answer === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={4} />
				)
			) : asked.answer.length === 0 ? (
				<Empty icon={LayoutTemplate} title={said.empty}>
					{said.emptyHint}
				</Empty>
			) : (
				<div class="templatePick">
					<div class="templateList">
						<label class="search">
							<Icon of={Search} size={16} />
							<span class="unseen">{said.search}</span>
							<input
								type="search"
								placeholder={said.search}
								value={typed}
								onInput={({ currentTarget }) => setTyped(currentTarget.value)}
							/>
						</label>
						<ul>
							{shown.map((template) => (
								<li key={`${template.name} ${template.languageCode}`}>
									<button
										type="button"
										aria-pressed={chosen === template}
										onClick={() => {
											setChosen(template);
											setValues(firstValues(template, detail));
										}}
									>
										<b>{template.name}</b>
										<small>
											{said.categories[template.category] ?? template.category} · {template.languageCode}
										</small>
										<span>{template.body}</span>
									</button>
								</li>
							))}
						</ul>
					</div>
					{chosen ? (
						<form
							class="templateForm"
							onSubmit={(event) => {
								event.preventDefault();
								submit();
							}}
						>
							{chosen.variables.map((name, index) => (
								<TextField
									key={name}
									label={said.variable(name)}
									value={values[index]}
									placeholder={chosen.samples[index]}
									maxLength={1024}
									onText={(text) => setValues(values.map((value, at) => (at === index ? text : value)))}
								/>
							))}
							<p class="previewTitle">{said.preview}</p>
							<div class="previewGround">
								<div class="bubble">
									{chosen.header ? <b>{filled(chosen.header, chosen, values)}</b> : null}
									<p class="words">
										<FormattedText text={filled(chosen.body, chosen, values)} />
									</p>
									{chosen.footer ? <small>{chosen.footer}</small> : null}
								</div>
							</div>
							<button type="submit" class="unseen" tabIndex={-1} aria-hidden="true" />
						</form>
					) : null}
				</div>
			)}
		</Dialog>
	);
}
