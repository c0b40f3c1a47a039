import { BadgeCheck, CalendarClock, CreditCard, Pencil, Plus, Sparkles, Trash2, X } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { dateAndTime } from '../format';
import { Avatar } from '../pieces/Avatar';
import { Button, IconButton } from '../pieces/Button';
import { Failed, Skeleton } from '../pieces/states';
import { openLead } from '../state/openLead';
import { panelShown, wish } from '../state/panes';
import { may } from '../state/session';
import { openThread, threadOf } from '../state/thread';
import { words } from '../words/words';
import { ApprovalCard } from './ApprovalCard';
import { AuditSection } from './panel/AuditSection';
import { CaseCard } from './panel/CaseCard';
import { ContactFacts } from './panel/ContactFacts';
import { CostSection } from './panel/CostSection';
import { EraseDialog } from './panel/EraseDialog';
import { FollowUpLine } from './panel/FollowUpLine';
import { LeadCard } from './panel/LeadCard';
import { PaymentLine } from './panel/PaymentLine';
import { Section } from './panel/Section';
import { Tags } from './panel/Tags';

const CaseDialog = lazy(async () => (await import('./CaseDialog')).CaseDialog);
const FollowUpDialog = lazy(async () => (await import('./FollowUpDialog')).FollowUpDialog);
const PaymentDialog = lazy(async () => (await import('./PaymentDialog')).PaymentDialog);
const ContactDialog = lazy(async () => (await import('./ContactDialog')).ContactDialog);

function Facts({ detail }: { detail: ConversationDetail }) {
	const { panel, lead, approvals } = words.value;
	const { contact, conversation } = detail;
	const { id: conversationId } = conversation;
	const [shown, setShown] = useState<'contact' | 'case' | 'payment' | 'followUp' | 'erase'>();
	const reload = (): void => void openThread(conversationId);
	const hide = (): void => setShown(undefined);
	const open = openLead(detail);
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
			<ContactFacts contact={contact} />
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
			<CostSection cost={detail.cost} />
			<AuditSection conversationId={conversationId} />
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
