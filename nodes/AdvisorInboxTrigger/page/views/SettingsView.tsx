import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';

import { businessProfileSchema, LANGUAGES, type BusinessProfile } from '../../../shared/domain/profile/businessProfile';
import { changeInWords, type ProfileChange } from '../../../shared/domain/profile/diff';
import type { QueryAnswers } from '../../../shared/domain/inbox/requests';
import { textsOfProfile, type TextOfProfile } from '../../../shared/text/textsOfProfile';
import { useAsked } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { TextField } from '../pieces/fields';
import { FormDialog } from '../pieces/FormDialog';
import { Page } from '../pieces/Page';
import { Failed, Skeleton } from '../pieces/states';
import { useWindowEvent } from '../pieces/windowEvent';
import { addressOf, go, route } from '../state/route';
import { may } from '../state/session';
import { settingsWords } from '../words/settings/words';
import { language, words } from '../words/words';
import { BusinessPart } from './settings/BusinessPart';
import { CannedPart } from './settings/CannedPart';
import { DataPart } from './settings/DataPart';
import { HoursPart } from './settings/HoursPart';
import { MenuPart } from './settings/MenuPart';
import { MyPart } from './settings/MyPart';
import { NoticesPart } from './settings/NoticesPart';
import { problemsIn, type ProfileProblems } from './settings/profileProblems';
import { RulesPart } from './settings/RulesPart';
import { shownText } from './settings/shownText';
import { TeamPart } from './settings/TeamPart';
import { TextsPart } from './settings/TextsPart';
import { VersionsPart } from './settings/VersionsPart';

const PARTS = [
	'me',
	'canned',
	'business',
	'hours',
	'menu',
	'texts',
	'rules',
	'notices',
	'data',
	'team',
	'history',
] as const;
type Part = (typeof PARTS)[number];
/** Parts that change the business profile: what is changed is a draft until it is published. */
const OF_PROFILE: readonly Part[] = ['business', 'hours', 'menu', 'texts', 'rules', 'notices', 'data', 'history'];

/** Where a field of the profile is filled in; everything else stands under the rules. */
const PART_OF_FIELD: ReadonlyMap<string | number, Part> = new Map([
	...(
		['name', 'slogan', 'country', 'timeZone', 'language', 'languages', 'start', 'cases', 'areas', 'channels'] as const
	).map((field) => [field, 'business'] as const),
	...(['hours', 'contactHours', 'times', 'answerDelayMs'] as const).map((field) => [field, 'hours'] as const),
	...(['options', 'contactFields', 'keywords'] as const).map((field) => [field, 'menu'] as const),
	['texts', 'texts'],
	...(['notifications', 'bridge', 'payments', 'followUps', 'alerts'] as const).map(
		(field) => [field, 'notices'] as const,
	),
	...(['costs', 'knowledge', 'address', 'retention'] as const).map((field) => [field, 'data'] as const),
]);

function partOf(problems: ProfileProblems): Part {
	const [field = '', name] = problems.first ?? [];
	if (field === 'consent') return name === 'privacyUrl' ? 'business' : 'rules';
	return PART_OF_FIELD.get(field) ?? 'rules';
}

/** What a part of the profile is given to show and change. */
export interface ProfilePart {
	readonly profile: BusinessProfile;
	/** What the desk would refuse of it. */
	readonly problems: ProfileProblems;
	readonly texts: readonly TextOfProfile[];
	readonly change: (to: Partial<BusinessProfile>) => void;
}

function PublishDialog({
	changes,
	onClose,
	onDone,
}: {
	changes: readonly ProfileChange[];
	onClose: () => void;
	onDone: () => void;
}) {
	const { draft } = words.value.settings;
	const [note, setNote] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const text = note.trim();
	return (
		<FormDialog
			title={draft.publishTitle}
			does={draft.publish}
			busy={busy}
			said={said}
			onClose={onClose}
			onSubmit={() =>
				void give('publishDraft', text === '' ? {} : { note: text }, draft.published).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<p>{draft.publishHint}</p>
			<ul class="changesList">
				{changes.map((change, index) => (
					<li key={index}>{changeInWords(change, language.value)}</li>
				))}
			</ul>
			<TextField label={draft.note} value={note} onText={setNote} maxLength={500} />
		</FormDialog>
	);
}

const FIRST_WRONG = '.settingsBody :is(.field.wrong :is(input, textarea, select), .fieldError)';

/** Brings the first value that is wrong to where somebody can correct it. */
function showFirst(problems: ProfileProblems): void {
	const [field, language, key] = problems.first ?? [];
	if (field === 'texts' && typeof key === 'string')
		shownText.value = { key, language: LANGUAGES.find((known) => known === language) };
	go('settings', partOf(problems));
	// Its part is drawn first, and what it is folded into opens.
	requestAnimationFrame(() =>
		requestAnimationFrame(() => {
			const field = document.querySelector<HTMLElement>(FIRST_WRONG);
			field?.scrollIntoView({ block: 'center' });
			field?.focus({ preventScroll: true });
		}),
	);
}

function DraftBar({
	told,
	working,
	problems,
	isDirty,
	onDone,
}: {
	told: QueryAnswers['profile'];
	working: BusinessProfile;
	problems: ProfileProblems;
	isDirty: boolean;
	onDone: () => void;
}) {
	const { draft } = words.value.settings;
	const { trouble } = settingsWords.value;
	const [publishing, setPublishing] = useState(false);
	const { give, busy, said } = useCommand({ quiet: true });
	const hasDraft = told.draft !== undefined && told.changes.length > 0;
	if (!isDirty && !hasDraft) return null;
	return (
		<div class="draftBar" role="region" aria-label={draft.see}>
			<p>{isDirty ? draft.unsaved : draft.changes(told.changes.length)}</p>
			{problems.count > 0 ? (
				<p class="fieldError" role="status">
					{trouble.count(problems.count)}
					<Button small look="quiet" onClick={() => showFirst(problems)}>
						{trouble.show}
					</Button>
				</p>
			) : null}
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
					disabled={problems.count > 0}
					onClick={() => void give('saveDraft', { profile: working }, draft.saved).then((done) => done && onDone())}
				>
					{draft.save}
				</Button>
			) : (
				<Button small look="primary" disabled={problems.count > 0} onClick={() => setPublishing(true)}>
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
	useWindowEvent('beforeunload', isDirty ? (event) => event.preventDefault() : undefined, [isDirty]);
	const inForce = told === undefined ? undefined : (told.draft ?? told.published);
	const read = useMemo(() => businessProfileSchema.safeParse(inForce), [of]);
	const profile = isDirty ? edited.profile : read.data;
	const { trouble } = settingsWords.value;
	const problems = useMemo(() => profile && problemsIn(profile, trouble), [profile, trouble]);
	const texts = useMemo(() => (profile ? textsOfProfile(profile) : []), [profile]);
	if (told === undefined)
		return asked.said ? <Failed said={asked.said} onRetry={asked.reload} /> : <Skeleton rows={6} />;
	if (profile === undefined || problems === undefined)
		return <Failed said={{ text: trouble.unreadable, detail: trouble.unreadableHint }} onRetry={asked.reload} />;
	const reload = (): void => {
		unsaved.value = undefined;
		asked.reload();
	};
	const given: ProfilePart = {
		profile,
		problems,
		texts,
		change: (to) => {
			// Two changes may come before anything is drawn again: the second must not forget the first.
			const latest = unsaved.peek()?.of === of ? unsaved.peek()?.profile : undefined;
			unsaved.value = { of, profile: { ...(latest ?? profile), ...to } };
		},
	};
	return (
		<>
			{part === 'business' ? <BusinessPart {...given} /> : null}
			{part === 'hours' ? <HoursPart {...given} /> : null}
			{part === 'menu' ? <MenuPart {...given} /> : null}
			{part === 'texts' ? <TextsPart {...given} /> : null}
			{part === 'rules' ? <RulesPart {...given} /> : null}
			{part === 'notices' ? <NoticesPart {...given} /> : null}
			{part === 'data' ? <DataPart {...given} /> : null}
			{part === 'history' ? <VersionsPart version={told.version} onDone={reload} /> : null}
			<DraftBar told={told} working={profile} problems={problems} isDirty={isDirty} onDone={reload} />
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
							{name === 'notices' || name === 'data' ? settingsWords.value.parts[name] : settings.parts[name]}
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
