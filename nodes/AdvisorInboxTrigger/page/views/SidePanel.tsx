import {
	BadgeCheck,
	BookOpenText,
	CalendarClock,
	Check as CheckIcon,
	CreditCard,
	ExternalLink,
	FileText,
	Pencil,
	Plus,
	Sparkles,
	StickyNote,
	Trash2,
	X,
	type IconNode,
} from 'lucide';
import type { ComponentChildren } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type {
	CaseView,
	ConversationDetail,
	FollowUpView,
	LeadView,
	PaymentView,
} from '../../../shared/domain/inbox/views';
import { ownValue } from '../../../shared/domain/ownValue';
import { dateAndTime, money, number, phoneForReading } from '../format';
import { usePages } from '../pieces/asked';
import { Avatar } from '../pieces/Avatar';
import { Button, IconButton } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { Dialog } from '../pieces/Dialog';
import { Check, SelectField, TextArea } from '../pieces/fields';
import { safeUrl } from '../pieces/FormattedText';
import { Icon } from '../pieces/Icon';
import { Failed, Skeleton } from '../pieces/states';
import { attachmentUrl } from '../server/ask';
import { now } from '../state/clock';
import { panelShown, wish } from '../state/panes';
import { may } from '../state/session';
import { openThread, threadOf } from '../state/thread';
import { words } from '../words/words';
import { ApprovalCard } from './ApprovalCard';

const CaseDialog = lazy(async () => (await import('./CaseDialog')).CaseDialog);
const FollowUpDialog = lazy(async () => (await import('./FollowUpDialog')).FollowUpDialog);
const PaymentDialog = lazy(async () => (await import('./PaymentDialog')).PaymentDialog);
const ContactDialog = lazy(async () => (await import('./ContactDialog')).ContactDialog);
const StageDialog = lazy(async () => (await import('./StageDialog')).StageDialog);

function Section({
	title,
	icon,
	action,
	children,
	isOpen = true,
}: {
	title: string;
	icon?: IconNode;
	action?: ComponentChildren;
	children: ComponentChildren;
	isOpen?: boolean;
}) {
	return (
		<details class="section" open={isOpen}>
			<summary>
				{icon ? <Icon of={icon} size={16} /> : null}
				<h3>{title}</h3>
			</summary>
			{action ? <span class="sectionAction">{action}</span> : null}
			<div class="sectionBody">{children}</div>
		</details>
	);
}

const Line = ({ name, children }: { name: string; children: ComponentChildren }) =>
	children ? (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	) : null;

/** Labels that are seen at first: more would push away what is below. */
const TAGS_SHOWN = 10;

/** Labels of a contact, case or lead, put on and taken off at once. */
function Tags({
	kind,
	targetId,
	tags,
	onDone,
}: {
	kind: 'contact' | 'case';
	targetId: string;
	tags: readonly string[];
	onDone: () => void;
}) {
	const { panel } = words.value;
	const [adding, setAdding] = useState('');
	const [all, setAll] = useState(false);
	const hidden = all ? 0 : Math.max(0, tags.length - TAGS_SHOWN);
	const { give, busy } = useCommand();
	const change = async (to: { add?: string[]; remove?: string[] }): Promise<void> => {
		if ((await give('tag', { kind, targetId, ...to })) !== undefined) onDone();
	};
	return (
		<div class="tags">
			{tags.slice(0, tags.length - hidden).map((tag) => (
				<span key={tag} class="chip tag">
					<bdi>{tag}</bdi>
					<IconButton
						icon={X}
						size={12}
						name={panel.removeTag(tag)}
						disabled={busy}
						onClick={() => void change({ remove: [tag] })}
					/>
				</span>
			))}
			{hidden > 0 ? (
				<button
					type="button"
					class="chip moreTags"
					aria-label={`${words.value.actions.show}: +${hidden}`}
					onClick={() => setAll(true)}
				>
					+{hidden}
				</button>
			) : null}
			<form
				class="tagForm"
				onSubmit={(event) => {
					event.preventDefault();
					const tag = adding.trim();
					if (tag === '') return;
					setAdding('');
					void change({ add: [tag] });
				}}
			>
				<input
					type="text"
					aria-label={panel.addTag}
					placeholder={panel.addTag}
					maxLength={40}
					value={adding}
					onInput={({ currentTarget }) => setAdding(currentTarget.value)}
				/>
			</form>
		</div>
	);
}

const STATUSES = ['open', 'in_progress', 'waiting', 'resolved', 'closed'] as const;

function CaseCard({ one, onDone }: { one: CaseView; onDone: () => void }) {
	const { cases, actions, lead } = words.value;
	const [noting, setNoting] = useState<string>();
	const { give, busy } = useCommand();
	const externalUrl = safeUrl(one.externalUrl);
	const settable = STATUSES.find((status) => status === one.status);
	return (
		<article class="card">
			<header>
				<b>{one.number}</b>
				<span class="chip">{cases.types[one.type]}</span>
				{one.priority === 'high' || one.priority === 'urgent' ? (
					<span class="chip waiting late">{cases.priorities[one.priority]}</span>
				) : null}
				{externalUrl ? (
					<a
						class="iconButton"
						href={externalUrl}
						target="_blank"
						rel="noopener noreferrer"
						aria-label={cases.external}
					>
						<Icon of={ExternalLink} size={15} />
					</a>
				) : null}
			</header>
			<p>{one.subject}</p>
			{Object.keys(one.fields).length > 0 ? (
				<dl class="factLines">
					{Object.entries(one.fields).map(([field, value]) => (
						<Line key={field} name={ownValue(lead.fields, field) ?? field}>
							{value}
						</Line>
					))}
				</dl>
			) : null}
			{one.attachments.length > 0 ? (
				<ul class="cardFiles">
					{one.attachments.map((file) => (
						<li key={file.id}>
							<a href={attachmentUrl(file.id)} download={file.filename ?? true}>
								<Icon of={FileText} size={14} /> {file.filename ?? words.value.types[file.kind]}
							</a>
						</li>
					))}
				</ul>
			) : null}
			<p class="cardAbout">
				{one.areaName}
				{one.advisor ? ` · ${one.advisor.name}` : ''} · {dateAndTime(one.updatedAt)}
			</p>
			<div class="cardActions">
				<SelectField
					hideLabel
					label={`${cases.status} ${one.number}`}
					disabled={busy}
					value={settable ?? one.status}
					choices={[
						...(settable === undefined ? [{ value: one.status, name: cases.statuses[one.status] }] : []),
						...STATUSES.map((status) => ({ value: status, name: cases.statuses[status] })),
					]}
					onChoice={(status) => {
						if (status === 'incomplete' || status === one.status) return;
						void give('changeCaseStatus', { caseId: one.id, status }, cases.changed).then(onDone);
					}}
				/>
				<Button small look="quiet" icon={StickyNote} onClick={() => setNoting(noting === undefined ? '' : undefined)}>
					{cases.addNote}
				</Button>
			</div>
			{noting === undefined ? null : (
				<form
					class="cardNote"
					onSubmit={(event) => {
						event.preventDefault();
						const text = noting.trim();
						if (text === '') return;
						void give('noteCase', { caseId: one.id, text }, cases.noted).then((done) => {
							if (done === undefined) return;
							setNoting(undefined);
							onDone();
						});
					}}
				>
					<TextArea label={cases.note} value={noting} onText={setNoting} rows={2} maxLength={4096} />
					<Button small look="primary" type="submit" busy={busy}>
						{actions.save}
					</Button>
				</form>
			)}
		</article>
	);
}

const STAGES = ['Lead', 'MQL', 'SQL', 'Opportunity', 'Won', 'Lost'] as const;

function LeadCard({ one, onDone }: { one: LeadView; onDone: () => void }) {
	const { lead } = words.value;
	const { give, busy } = useCommand();
	const [ending, setEnding] = useState<'Won' | 'Lost'>();
	return (
		<article class="card leadCard">
			<header>
				<span class="stageLine" aria-hidden="true">
					{STAGES.slice(0, 5).map((stage, index) => (
						<i key={stage} class={one.stage !== 'Lost' && index <= STAGES.indexOf(one.stage) ? 'on' : ''} />
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
					choices={STAGES.map((stage) => ({ value: stage, name: lead.stages[stage] }))}
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
			{ending ? (
				<StageDialog leadId={one.id} stage={ending} onClose={() => setEnding(undefined)} onDone={onDone} />
			) : null}
		</article>
	);
}

const PAID = ['paid', 'succeeded'];

const TROUBLE = ['failed', 'disputed'];

const PaymentLine = ({ one }: { one: PaymentView }) => {
	const { payment } = words.value;
	const url = safeUrl(one.url);
	return (
		<li>
			<span>
				<b>{money(one.amount, one.currency)}</b>
				<small>{one.description ?? dateAndTime(one.createdAt)}</small>
			</span>
			<span class={`chip ${PAID.includes(one.status) ? 'good' : TROUBLE.includes(one.status) ? 'trouble' : ''}`}>
				{ownValue(payment.statuses, one.status) ?? one.status}
			</span>
			{url ? (
				<a
					class="iconButton"
					href={url}
					target="_blank"
					rel="noopener noreferrer"
					aria-label={words.value.actions.open}
				>
					<Icon of={ExternalLink} size={15} />
				</a>
			) : null}
		</li>
	);
};

function FollowUpLine({ one, onDone }: { one: FollowUpView; onDone: () => void }) {
	const { followUps } = words.value;
	const { give, busy } = useCommand();
	const isLate = Date.parse(one.dueAt) < now.value;
	const end = (state: 'done' | 'cancelled') => () =>
		void give('endFollowUp', { followUpId: one.id, state }, followUps.ended).then(onDone);
	return (
		<li>
			<span>
				<b>{one.text}</b>
				<small class={isLate ? 'lateText' : ''}>{dateAndTime(one.dueAt)}</small>
			</span>
			<IconButton icon={CheckIcon} size={16} name={followUps.done} disabled={busy} onClick={end('done')} />
			<IconButton icon={X} size={16} name={followUps.cancelIt} disabled={busy} onClick={end('cancelled')} />
		</li>
	);
}

function AuditOfConversation({ conversationId }: { conversationId: string }) {
	const { panel, actions } = words.value;
	const asked = usePages('audit', { conversationId, limit: 20 });
	if (asked.rows === undefined)
		return asked.said ? <Failed said={asked.said} onRetry={asked.reload} /> : <Skeleton rows={3} />;
	return (
		<>
			<ol class="auditLines" aria-label={panel.audit}>
				{asked.rows.map((line) => (
					<li key={line.id}>
						<b>{line.action}</b>
						<span>{line.actor}</span>
						<time dateTime={line.at}>{dateAndTime(line.at)}</time>
					</li>
				))}
			</ol>
			{asked.more ? (
				<Button small look="quiet" busy={asked.loadingMore} onClick={asked.more}>
					{actions.loadMore}
				</Button>
			) : null}
		</>
	);
}

function EraseDialog({ contactId, onClose }: { contactId: string; onClose: () => void }) {
	const { erase, actions } = words.value;
	const [sure, setSure] = useState(false);
	const { give, busy } = useCommand();
	return (
		<Dialog
			title={erase.title}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{actions.cancel}</Button>
					<Button
						look="danger"
						icon={Trash2}
						disabled={!sure}
						busy={busy}
						onClick={() =>
							void give('erasePerson', { contactId, confirmed: true }, erase.done).then((done) => {
								if (done !== undefined) onClose();
							})
						}
					>
						{erase.do}
					</Button>
				</>
			}
		>
			<p>{erase.explains}</p>
			<Check label={erase.confirm} checked={sure} onCheck={setSure} />
		</Dialog>
	);
}

function Facts({ detail }: { detail: ConversationDetail }) {
	const { panel, lead, approvals } = words.value;
	const { contact, conversation } = detail;
	const { id: conversationId } = conversation;
	const [shown, setShown] = useState<'contact' | 'case' | 'payment' | 'followUp' | 'erase'>();
	const [auditOpen, setAuditOpen] = useState(false);
	const reload = (): void => void openThread(conversationId);
	const hide = (): void => setShown(undefined);
	const externalUrl = safeUrl(contact.externalUrl);
	return (
		<>
			<div class="panelWho">
				<Avatar name={contact.name ?? contact.profileName ?? conversation.contactName} size={56} />
				<div>
					<h2>{contact.name ?? contact.profileName ?? conversation.contactName}</h2>
					{contact.company ? <p>{contact.company}</p> : null}
					{contact.name !== undefined && !contact.nameVerified ? <p class="fieldHint">{panel.unverified}</p> : null}
				</div>
				<IconButton icon={Pencil} size={16} name={panel.edit} onClick={() => setShown('contact')} />
			</div>
			{contact.optedOutAt ? <p class="panelWarning">{panel.optedOut(dateAndTime(contact.optedOutAt))}</p> : null}
			<Tags kind="contact" targetId={contact.id} tags={contact.tags} onDone={reload} />
			<Section title={panel.contact}>
				<dl class="factLines">
					<Line name={panel.phone}>{contact.phone ? phoneForReading(contact.phone) : undefined}</Line>
					<Line name={panel.username}>{contact.username}</Line>
					<Line name={panel.identification}>
						{contact.identification
							? [contact.identificationType, contact.identification].filter(Boolean).join(' ')
							: undefined}
					</Line>
					<Line name={panel.email}>{contact.email}</Line>
					<Line name={panel.city}>{contact.city}</Line>
					<Line name={panel.owner}>{contact.owner?.name}</Line>
					<Line name={panel.source}>{contact.source}</Line>
					<Line name={panel.consent}>
						{contact.consents.length > 0
							? contact.consents.map((consent, index) => (
									<span key={index} class="consentLine" title={consent.source}>
										{ownValue(panel.consents, consent.kind) ?? consent.kind} · {dateAndTime(consent.at)}
									</span>
								))
							: panel.noConsent}
					</Line>
				</dl>
				{externalUrl ? (
					<a class="textLink" href={externalUrl} target="_blank" rel="noopener noreferrer">
						<Icon of={ExternalLink} size={14} /> {panel.external}
					</a>
				) : null}
			</Section>
			<Section
				title={panel.lead}
				icon={Sparkles}
				action={
					detail.allowed.lead ? (
						<Button
							small
							look={conversation.commercialIntent && !detail.lead ? 'glow' : 'quiet'}
							onClick={() => {
								wish.value = { what: 'lead', at: performance.now() };
							}}
						>
							{detail.lead ? lead.update : lead.create}
						</Button>
					) : null
				}
			>
				{detail.lead ? <LeadCard one={detail.lead} onDone={reload} /> : <p class="fieldHint">{panel.noLead}</p>}
			</Section>
			<Section
				title={panel.cases}
				action={
					<Button small look="quiet" icon={Plus} onClick={() => setShown('case')}>
						{panel.newCase}
					</Button>
				}
			>
				{detail.cases.length === 0 ? <p class="fieldHint">{panel.noCases}</p> : null}
				{detail.cases.map((one) => (
					<CaseCard key={one.id} one={one} onDone={reload} />
				))}
			</Section>
			<Section
				title={panel.followUps}
				icon={CalendarClock}
				action={
					<Button
						small
						look="quiet"
						icon={Plus}
						aria-label={words.value.followUps.newTitle}
						onClick={() => setShown('followUp')}
					>
						{panel.newFollowUp}
					</Button>
				}
			>
				{detail.followUps.length === 0 ? <p class="fieldHint">{panel.noFollowUps}</p> : null}
				<ul class="lines">
					{detail.followUps.map((one) => (
						<FollowUpLine key={one.id} one={one} onDone={reload} />
					))}
				</ul>
			</Section>
			{detail.approvals.length === 0 ? null : (
				<Section title={approvals.title} icon={BadgeCheck}>
					<ul class="listCards">
						{detail.approvals.map((one) => (
							<ApprovalCard key={one.id} one={one} onDone={reload} />
						))}
					</ul>
				</Section>
			)}
			<Section
				title={panel.payments}
				icon={CreditCard}
				action={
					<Button small look="quiet" icon={Plus} onClick={() => setShown('payment')}>
						{panel.requestPayment}
					</Button>
				}
			>
				{detail.payments.length === 0 ? <p class="fieldHint">{panel.noPayments}</p> : null}
				<ul class="lines">
					{detail.payments.map((one) => (
						<PaymentLine key={one.id} one={one} />
					))}
				</ul>
			</Section>
			<Section title={panel.cost} isOpen={false}>
				{detail.cost.length === 0 ? (
					<p class="fieldHint">{panel.noCost}</p>
				) : (
					<dl class="factLines">
						{detail.cost.map((one) => (
							<Line key={`${one.kind}${one.currency}`} name={panel.costs[one.kind](one.count)}>
								{money(one.amount, one.currency)}
								{one.estimated ? <small class="costHint">{panel.estimated(one.estimated)}</small> : null}
							</Line>
						))}
					</dl>
				)}
			</Section>
			<Section title={panel.audit} icon={BookOpenText} isOpen={false}>
				{auditOpen ? (
					<AuditOfConversation conversationId={conversationId} />
				) : (
					<Button small look="quiet" onClick={() => setAuditOpen(true)}>
						{panel.auditShow}
					</Button>
				)}
			</Section>
			{may('erasePeople') ? (
				<Button small look="quiet" icon={Trash2} onClick={() => setShown('erase')}>
					{panel.erase}
				</Button>
			) : null}
			<Suspense fallback={null}>
				{shown === 'contact' ? <ContactDialog detail={detail} onClose={hide} onDone={reload} /> : null}
				{shown === 'case' ? <CaseDialog conversationId={conversationId} onClose={hide} onDone={reload} /> : null}
				{shown === 'payment' ? <PaymentDialog conversationId={conversationId} onClose={hide} onDone={reload} /> : null}
				{shown === 'followUp' ? (
					<FollowUpDialog conversationId={conversationId} onClose={hide} onDone={reload} />
				) : null}
			</Suspense>
			{shown === 'erase' ? <EraseDialog contactId={contact.id} onClose={hide} /> : null}
		</>
	);
}

/** Who the customer is and what runs with them. */
export function SidePanel({ conversationId }: { conversationId: string }) {
	const { panel, thread: said } = words.value;
	const { detail, said: trouble } = threadOf(conversationId).value;
	return (
		<aside class="panel" aria-label={panel.label}>
			<header class="panelHead">
				<IconButton
					icon={X}
					name={said.closePanel}
					onClick={() => {
						panelShown.value = false;
					}}
				/>
			</header>
			{detail ? (
				<Facts detail={detail} />
			) : trouble ? (
				<Failed said={trouble} onRetry={() => void openThread(conversationId)} />
			) : (
				<Skeleton rows={6} />
			)}
		</aside>
	);
}
