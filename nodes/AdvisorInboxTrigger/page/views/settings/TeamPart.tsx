import { Copy, KeyRound, Pencil, Plus, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';

import { INBOX_ROLES, type InboxRole } from '../../../../shared/domain/inbox/permissions';
import type { AdvisorView } from '../../../../shared/domain/inbox/views';
import { dateAndTime, phoneForReading } from '../../format';
import { useAsked } from '../../pieces/asked';
import { Avatar } from '../../pieces/Avatar';
import { Button, IconButton } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { Dialog } from '../../pieces/Dialog';
import { Check, SelectField, TextField } from '../../pieces/fields';
import { errorOf, FormDialog } from '../../pieces/FormDialog';
import { Failed, Skeleton } from '../../pieces/states';
import { isCopied } from '../../state/copied';
import { me, myId } from '../../state/session';
import { words } from '../../words/words';

function AdvisorDialog({
	one,
	team,
	onClose,
	onDone,
}: {
	one?: AdvisorView;
	team: readonly AdvisorView[];
	onClose: () => void;
	onDone: () => void;
}) {
	const { team: said } = words.value.settings;
	const { areas } = me().business;
	const [values, setValues] = useState({
		name: one?.name ?? '',
		phone: one?.phone ?? '',
		email: one?.email ?? '',
		aliases: one?.aliases.join(', ') ?? '',
		areas: one?.areas ?? [],
		role: one?.role ?? ('advisor' as InboxRole),
		substituteId: one?.substitute?.id ?? '',
	});
	const { give, busy, said: refused } = useCommand({ quiet: true });
	const put = (to: Partial<typeof values>): void => setValues({ ...values, ...to });
	return (
		<FormDialog
			title={one ? said.editTitle : said.add}
			does={words.value.actions.save}
			busy={busy}
			said={refused}
			fields={['name', 'phone', 'email']}
			disabled={values.name.trim() === ''}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'saveAdvisor',
					{
						...(one ? { advisorId: one.id } : {}),
						name: values.name.trim(),
						phone: values.phone.trim(),
						email: values.email.trim(),
						aliases: values.aliases
							.split(',')
							.map((alias) => alias.trim())
							.filter((alias) => alias !== ''),
						areas: [...values.areas],
						role: values.role,
						...(values.substituteId === '' ? {} : { substituteId: values.substituteId }),
					},
					words.value.actions.saved,
				).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<TextField
				label={said.name}
				value={values.name}
				maxLength={200}
				error={errorOf(refused, 'name')}
				onText={(name) => put({ name })}
			/>
			<div class="formRow">
				<TextField
					label={said.phone}
					type="tel"
					value={values.phone}
					maxLength={40}
					error={errorOf(refused, 'phone')}
					onText={(phone) => put({ phone })}
				/>
				<TextField
					label={said.email}
					type="email"
					value={values.email}
					maxLength={200}
					error={errorOf(refused, 'email')}
					onText={(email) => put({ email })}
				/>
			</div>
			<TextField label={said.aliases} value={values.aliases} onText={(aliases) => put({ aliases })} />
			<div class="field" role="group" aria-label={said.areas}>
				<span class="fieldLabel">{said.areas}</span>
				<div class="areasChecks">
					{areas.map(({ key, name }) => (
						<Check
							key={key}
							label={name}
							checked={values.areas.includes(key)}
							onCheck={(checked) =>
								put({ areas: checked ? [...values.areas, key] : values.areas.filter((other) => other !== key) })
							}
						/>
					))}
				</div>
			</div>
			<div class="formRow">
				<SelectField<InboxRole>
					label={said.role}
					value={values.role}
					choices={INBOX_ROLES.map((value) => ({ value, name: said.roles[value] }))}
					onChoice={(role) => put({ role })}
				/>
				<SelectField
					label={said.substitute}
					value={values.substituteId}
					choices={[
						{ value: '', name: said.nobody },
						...team.filter(({ id }) => id !== one?.id).map(({ id, name }) => ({ value: id, name })),
					]}
					onChoice={(substituteId) => put({ substituteId })}
				/>
			</div>
		</FormDialog>
	);
}

interface LoginLink {
	readonly url: string;
	readonly expiresAt: string;
}

function LinkDialog({ link, onClose }: { link: LoginLink; onClose: () => void }) {
	const { team: said } = words.value.settings;
	const { actions } = words.value;
	const [copied, setCopied] = useState<boolean>();
	return (
		<Dialog title={said.loginLinkTitle} onClose={onClose}>
			<p>{said.loginLinkHint(dateAndTime(link.expiresAt))}</p>
			<div class="linkBox">
				<input
					type="text"
					readOnly
					aria-label={said.loginLink}
					value={link.url}
					onFocus={({ currentTarget }) => currentTarget.select()}
				/>
				<Button icon={Copy} onClick={() => void isCopied(link.url).then(setCopied)}>
					{actions.copy}
				</Button>
			</div>
			<p class="fieldHint" role="status">
				{copied === undefined ? '' : copied ? actions.copied : actions.notCopied}
			</p>
		</Dialog>
	);
}

function RemoveDialog({ one, onClose, onDone }: { one: AdvisorView; onClose: () => void; onDone: () => void }) {
	const { team: said } = words.value.settings;
	const { give, busy } = useCommand();
	return (
		<Dialog
			title={said.removeTitle(one.name)}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{words.value.actions.cancel}</Button>
					<Button
						look="danger"
						icon={Trash2}
						busy={busy}
						onClick={() =>
							void give('deleteAdvisor', { advisorId: one.id }, said.removed).then((done) => {
								if (done === undefined) return;
								onClose();
								onDone();
							})
						}
					>
						{said.remove}
					</Button>
				</>
			}
		>
			<p>{said.removeExplains}</p>
		</Dialog>
	);
}

/** The people who attend. */
export function TeamPart() {
	const { team: said } = words.value.settings;
	const { actions } = words.value;
	const { areas } = me().business;
	const asked = useAsked('advisors', {});
	const [editing, setEditing] = useState<AdvisorView | 'new'>();
	const [removing, setRemoving] = useState<AdvisorView>();
	const [link, setLink] = useState<LoginLink>();
	const { give, busy } = useCommand();
	const team = asked.answer;
	return (
		<>
			<p class="lead">{said.lead}</p>
			<div>
				<Button look="primary" icon={Plus} onClick={() => setEditing('new')}>
					{said.add}
				</Button>
			</div>
			{team === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={5} />
				)
			) : (
				<ul class="listCards">
					{team.map((one) => (
						<li key={one.id} class="listCard">
							<Avatar name={one.name} />
							<div class="listCardBody">
								<b>{one.name}</b>
								<span>
									<span class="chip">{said.roles[one.role]}</span>
									<span>{one.areas.map((key) => areas.find((area) => area.key === key)?.name ?? key).join(', ')}</span>
									{one.phone ? <span>{phoneForReading(one.phone)}</span> : null}
									<span>{said.openCount(one.openConversations)}</span>
									{one.available ? null : <span class="chip waiting soon">{said.absent}</span>}
									{one.canLogIn ? null : <span class="chip">{said.noLogin}</span>}
								</span>
							</div>
							<Button
								small
								icon={KeyRound}
								disabled={busy}
								onClick={() =>
									void give('createLoginLink', { advisorId: one.id }).then((done) => {
										if (done !== undefined) setLink(done.answer as LoginLink);
									})
								}
							>
								{said.loginLink}
							</Button>
							<IconButton
								icon={Pencil}
								size={16}
								name={`${actions.edit} ${one.name}`}
								onClick={() => setEditing(one)}
							/>
							<IconButton
								icon={Trash2}
								size={16}
								name={`${said.remove}: ${one.name}`}
								disabled={one.id === myId.value}
								onClick={() => setRemoving(one)}
							/>
						</li>
					))}
				</ul>
			)}
			{editing ? (
				<AdvisorDialog
					one={editing === 'new' ? undefined : editing}
					team={team ?? []}
					onClose={() => setEditing(undefined)}
					onDone={asked.reload}
				/>
			) : null}
			{removing ? <RemoveDialog one={removing} onClose={() => setRemoving(undefined)} onDone={asked.reload} /> : null}
			{link ? <LinkDialog link={link} onClose={() => setLink(undefined)} /> : null}
		</>
	);
}
