import { Bot, CircleX, EllipsisVertical, HandHelping, Link2, Sparkles, UserRoundPlus } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { Dialog } from '../pieces/Dialog';
import { TextArea } from '../pieces/fields';
import { Popover } from '../pieces/Popover';
import { useWished } from '../pieces/wished';
import { openLead } from '../state/openLead';
import { myId } from '../state/session';
import { catchUp } from '../state/thread';
import { words } from '../words/words';

const AssignDialog = lazy(async () => (await import('./AssignDialog')).AssignDialog);
const LinkDialog = lazy(async () => (await import('./LinkDialog')).LinkDialog);
const LeadDialog = lazy(async () => (await import('./LeadDialog')).LeadDialog);

function CloseDialog({ detail, onClose }: { detail: ConversationDetail; onClose: () => void }) {
	const { do: said, actions } = words.value;
	const { id: conversationId } = detail.conversation;
	const [reason, setReason] = useState('');
	const { give, busy } = useCommand();
	const close = async (): Promise<void> => {
		const text = reason.trim();
		const done = await give('close', { conversationId, ...(text === '' ? {} : { reason: text }) }, said.closed);
		if (done === undefined) return;
		onClose();
		void catchUp(conversationId);
	};
	return (
		<Dialog
			title={said.closeTitle}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{actions.cancel}</Button>
					<Button look="primary" busy={busy} onClick={() => void close()}>
						{said.close}
					</Button>
				</>
			}
		>
			<TextArea label={said.closeReason} value={reason} onText={setReason} maxLength={500} />
		</Dialog>
	);
}

/** What can be done with the open conversation. */
export function Actions({ detail }: { detail: ConversationDetail }) {
	const { do: said, actions, lead } = words.value;
	const { conversation, allowed } = detail;
	const { id: conversationId } = conversation;
	const [shown, setShown] = useState<'assign' | 'link' | 'close' | 'lead'>();
	const { give, busy } = useCommand();
	const act = async (what: 'takeOver' | 'giveBack', done: string): Promise<void> => {
		await give(what, { conversationId }, done);
		void catchUp(conversationId);
	};
	const open = openLead(detail);
	/** There is something to sell and nobody has made a lead of it. */
	const isWanted = conversation.commercialIntent && open === undefined;
	const mayTake = allowed.takeOver && !(conversation.mode === 'human' && conversation.owner?.id === myId.value);

	useWished((what) => {
		if (what === 'takeOver' && mayTake) void act('takeOver', said.tookOver);
		if (what === 'lead' && allowed.lead) setShown('lead');
	});

	const hide = (): void => setShown(undefined);
	return (
		<div class="actions">
			{allowed.lead ? (
				<Button
					small
					look={isWanted ? 'glow' : 'plain'}
					icon={Sparkles}
					title={isWanted ? lead.intent : undefined}
					onClick={() => setShown('lead')}
				>
					{open === undefined ? lead.create : lead.update}
				</Button>
			) : null}
			{mayTake ? (
				<Button
					small
					look="primary"
					icon={HandHelping}
					busy={busy}
					title={said.takeOverHint}
					onClick={() => void act('takeOver', said.tookOver)}
				>
					{said.takeOver}
				</Button>
			) : null}
			<Popover icon={EllipsisVertical} name={actions.more}>
				{(close) => {
					const choose = (what: typeof shown) => () => {
						close();
						setShown(what);
					};
					return (
						<div class="menu">
							<Button look="quiet" icon={UserRoundPlus} onClick={choose('assign')}>
								{said.assign}
							</Button>
							{allowed.giveBack ? (
								<Button
									look="quiet"
									icon={Bot}
									onClick={() => {
										close();
										void act('giveBack', said.gaveBack);
									}}
								>
									{said.giveBack}
								</Button>
							) : null}
							{allowed.offerLink ? (
								<Button look="quiet" icon={Link2} onClick={choose('link')}>
									{said.offerLink}
								</Button>
							) : null}
							{allowed.close ? (
								<Button look="quiet" icon={CircleX} onClick={choose('close')}>
									{said.close}
								</Button>
							) : null}
						</div>
					);
				}}
			</Popover>
			<Suspense fallback={null}>
				{shown === 'assign' ? <AssignDialog detail={detail} onClose={hide} /> : null}
				{shown === 'link' ? <LinkDialog detail={detail} onClose={hide} /> : null}
				{shown === 'lead' ? <LeadDialog detail={detail} onClose={hide} /> : null}
			</Suspense>
			{shown === 'close' ? <CloseDialog detail={detail} onClose={hide} /> : null}
		</div>
	);
}
