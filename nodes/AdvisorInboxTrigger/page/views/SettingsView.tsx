import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { businessProfileSchema, type BusinessProfile } from '../../../shared/domain/profile/businessProfile';
import type { QueryAnswers } from '../../../shared/domain/inbox/requests';
import { useAsked } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { Dialog } from '../pieces/Dialog';
import { TextField } from '../pieces/fields';
import { Page } from '../pieces/Page';
import { Failed, Skeleton } from '../pieces/states';
import { addressOf, route } from '../state/route';
import { may } from '../state/session';
import { words } from '../words/words';
import { BusinessPart } from './settings/BusinessPart';
import { CannedPart } from './settings/CannedPart';
import { HoursPart } from './settings/HoursPart';
import { MenuPart } from './settings/MenuPart';
import { MyPart } from './settings/MyPart';
import { RulesPart } from './settings/RulesPart';
import { TeamPart } from './settings/TeamPart';
import { TextsPart } from './settings/TextsPart';
import { VersionsPart } from './settings/VersionsPart';

const PARTS = ['me', 'canned', 'business', 'hours', 'menu', 'texts', 'rules', 'team', 'history'] as const;
type Part = (typeof PARTS)[number];
/** Parts that change the business profile: what is changed is a draft until it is published. */
const OF_PROFILE: readonly Part[] = ['business', 'hours', 'menu', 'texts', 'rules', 'history'];

/** What a part of the profile is given to show and change. */
export interface ProfilePart {
	readonly profile: BusinessProfile;
	readonly texts: QueryAnswers['profile']['texts'];
	readonly change: (to: Partial<BusinessProfile>) => void;
}

function PublishDialog({
	changes,
	onClose,
	onDone,
}: {
	changes: readonly string[];
	onClose: () => void;
	onDone: () => void;
}) {
	const { draft } = words.value.settings;
	const [note, setNote] = useState('');
	const { give, busy } = useCommand();
	const text = note.trim();
	return (
		<Dialog
			title={draft.publishTitle}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{words.value.actions.cancel}</Button>
					<Button
						look="primary"
						busy={busy}
						onClick={() =>
							void give('publishDraft', text === '' ? {} : { note: text }, draft.published).then((done) => {
								if (done === undefined) return;
								onClose();
								onDone();
							})
						}
					>
						{draft.publish}
					</Button>
				</>
			}
		>
			<p>{draft.publishHint}</p>
			<ul class="changesList">
				{changes.map((change) => (
					<li key={change}>{change}</li>
				))}
			</ul>
			<TextField label={draft.note} value={note} onText={setNote} maxLength={500} />
		</Dialog>
	);
}

function DraftBar({
	told,
	working,
	isDirty,
	onDone,
}: {
	told: QueryAnswers['profile'];
	working: BusinessProfile;
	isDirty: boolean;
	onDone: () => void;
}) {
	const { draft } = words.value.settings;
	const [publishing, setPublishing] = useState(false);
	const { give, busy, said } = useCommand({ quiet: true });
	const hasDraft = told.draft !== undefined && told.changes.length > 0;
	if (!isDirty && !hasDraft) return null;
	return (
		<div class="draftBar" role="region" aria-label={draft.see}>
			<p>{isDirty ? draft.unsaved : draft.changes(told.changes.length)}</p>
			{said ? (
				<p class="fieldError" role="alert">
					{said.text} {said.detail}
				</p>
			) : null}
			<Button
				small
				look="quiet"
				onClick={() => {
					if (isDirty) onDone();
					else void give('discardDraft', {}, draft.discarded).then((done) => done && onDone());
				}}
			>
				{draft.discard}
			</Button>
			{isDirty ? (
				<Button
					small
					look="primary"
					busy={busy}
					onClick={() => void give('saveDraft', { profile: working }, draft.saved).then((done) => done && onDone())}
				>
					{draft.save}
				</Button>
			) : (
				<Button small look="primary" onClick={() => setPublishing(true)}>
					{draft.publish}
				</Button>
			)}
			{publishing ? (
				<PublishDialog changes={told.changes} onClose={() => setPublishing(false)} onDone={onDone} />
			) : null}
		</div>
	);
}

/** What was changed and not saved, while one goes from part to part; known by what it changes. */
const unsaved = signal<{ readonly of: string; readonly profile: BusinessProfile } | undefined>(undefined);

function ProfileParts({ part }: { part: Part }): ComponentChildren {
	const asked = useAsked('profile', {});
	const told = asked.answer;
	const of = told === undefined ? '' : JSON.stringify([told.version, told.draft]);
	const edited = unsaved.value;
	const isDirty = edited !== undefined && edited.of === of;
	useEffect(() => {
		if (!isDirty) return undefined;
		const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
		window.addEventListener('beforeunload', warn);
		return () => window.removeEventListener('beforeunload', warn);
	}, [isDirty]);
	if (told === undefined)
		return asked.said ? <Failed said={asked.said} onRetry={asked.reload} /> : <Skeleton rows={6} />;
	const read = businessProfileSchema.safeParse(told.draft ?? told.published);
	if (!read.success)
		return <Failed said={{ text: words.value.refusals.unknown, detail: read.error.message }} onRetry={asked.reload} />;
	const profile = isDirty ? edited.profile : read.data;
	const reload = (): void => {
		unsaved.value = undefined;
		asked.reload();
	};
	const given: ProfilePart = {
		profile,
		texts: told.texts,
		change: (to) => {
			unsaved.value = { of, profile: { ...profile, ...to } };
		},
	};
	return (
		<>
			{part === 'business' ? <BusinessPart {...given} /> : null}
			{part === 'hours' ? <HoursPart {...given} /> : null}
			{part === 'menu' ? <MenuPart {...given} /> : null}
			{part === 'texts' ? <TextsPart {...given} /> : null}
			{part === 'rules' ? <RulesPart {...given} /> : null}
			{part === 'history' ? <VersionsPart version={told.version} onDone={reload} /> : null}
			<DraftBar told={told} working={profile} isDirty={isDirty} onDone={reload} />
		</>
	);
}

/** One's own things, and for administrators the whole business. */
export function SettingsView() {
	const { settings } = words.value;
	const open = PARTS.filter(
		(part) =>
			part === 'me' ||
			part === 'canned' ||
			(part === 'team' ? may('editAdvisors') : OF_PROFILE.includes(part) && may('editProfile')),
	);
	const part = open.find((name) => name === route.value.id) ?? 'me';
	// On a phone the parts stand in a line that is longer than the screen.
	useEffect(() => {
		document.querySelector('.settingsNav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
	}, [part]);
	return (
		<Page title={settings.title}>
			<div class="settings">
				<nav class="settingsNav" aria-label={settings.title}>
					{open.map((name) => (
						<a key={name} href={addressOf('settings', name)} aria-current={name === part ? 'page' : undefined}>
							{settings.parts[name]}
						</a>
					))}
				</nav>
				<div class="settingsBody">
					{part === 'me' ? <MyPart /> : null}
					{part === 'canned' ? <CannedPart /> : null}
					{part === 'team' ? <TeamPart /> : null}
					{/* One place for all of them: what is changed here and there is one draft. */}
					{OF_PROFILE.includes(part) ? <ProfileParts part={part} /> : null}
				</div>
			</div>
		</Page>
	);
}
