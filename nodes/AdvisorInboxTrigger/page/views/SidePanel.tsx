import {
	BadgeCheck,
	BookOpenText,
	CalendarClock,
	CreditCard,
	ExternalLink,
	Pencil,
	Plus,
	Sparkles,
	Trash2,
	X,
} from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { ownValue } from '../../../shared/domain/ownValue';
import { dateAndTime, money, phoneForReading } from '../format';
import { Avatar } from '../pieces/Avatar';
import { Button, IconButton } from '../pieces/Button';
import { safeUrl } from '../pieces/FormattedText';
import { Icon } from '../pieces/Icon';
import { Failed, Skeleton } from '../pieces/states';
import { openLead } from '../state/openLead';
import { panelShown, wish } from '../state/panes';
import { may } from '../state/session';
import { openThread, threadOf } from '../state/thread';
import { words } from '../words/words';
import { ApprovalCard } from './ApprovalCard';
import { CaseCard } from './panel/CaseCard';
import { EraseDialog } from './panel/EraseDialog';
import { FollowUpLine } from './panel/FollowUpLine';
import { LeadCard } from './panel/LeadCard';
import { PaymentLine } from './panel/PaymentLine';
import { Line, Section } from './panel/Section';
import { Tags } from './panel/Tags';

const ConversationAudit = lazy(async () => (await import('./panel/ConversationAudit')).ConversationAudit);
const CaseDialog = lazy(async () => (await import('./CaseDialog')).CaseDialog);
const FollowUpDialog = lazy(async () => (await import('./FollowUpDialog')).FollowUpDialog);
const PaymentDialog = lazy(async () => (await import('./PaymentDialog')).PaymentDialog);
const ContactDialog = lazy(async () => (await import('./ContactDialog')).ContactDialog);

function Facts({ detail }: { detail: ConversationDetail }) {
	const { panel, lead, approvals } = words.value;
	const { contact, conversation } = detail;
	const { id: conversationId } = conversation;
	const [shown, setShown] = useState<'contact' | 'case' | 'payment' | 'followUp' | 'erase'>();
	const [auditOpen, setAuditOpen] = useState(false);
	const reload = (): void => void openThread(conversationId);
	const hide = (): void => setShown(undefined);
	const open = openLead(detail);
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
							look={conversation.commercialIntent && open === undefined ? 'glow' : 'quiet'}
							onClick={() => {
								wish.value = { what: 'lead', at: performance.now() };
							}}
						>
							{open === undefined ? lead.create : lead.update}
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
						<PaymentLine key={one.id} one={one} onDone={reload} />
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
					<Suspense fallback={<Skeleton rows={3} />}>
						<ConversationAudit conversationId={conversationId} />
					</Suspense>
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
				{shown === 'payment' ? (
					<PaymentDialog conversationId={conversationId} cases={detail.cases} onClose={hide} onDone={reload} />
				) : null}
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
