import {
	BadgeCheck,
	BookOpenText,
	ChartColumn,
	CircleHelp,
	ClipboardCheck,
	LogOut,
	MessageSquareMore,
	MessagesSquare,
	Settings,
	Smartphone,
	TriangleAlert,
	UserRound,
	WifiOff,
	type IconNode,
} from 'lucide';
import type { ComponentChildren } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';

import { Avatar } from '../pieces/Avatar';
import { Button } from '../pieces/Button';
import { Check } from '../pieces/fields';
import { useCommand } from '../pieces/commanded';
import { Icon } from '../pieces/Icon';
import { Logo } from '../pieces/Logo';
import { Notices } from '../pieces/Notices';
import { Popover } from '../pieces/Popover';
import { Failed, Skeleton } from '../pieces/states';
import { useWindowEvent } from '../pieces/windowEvent';
import { command } from '../server/ask';
import { heard } from '../state/news';
import { notifyTrouble } from '../state/notices';
import { addressOf, route, type PlaceName } from '../state/route';
import { connection, counts, loadSession, may, me, phase } from '../state/session';
import { unanswered } from '../state/wazzup';
import { words } from '../words/words';
import { ContactPlace } from './ContactPlace';
import { ConversationsView } from './ConversationsView';
import { KeysDialog } from './KeysDialog';
import { ExpiredLogin, LoginView } from './LoginView';
import { NotificationsBell } from './NotificationsBell';

const WazzupView = lazy(async () => (await import('./wazzup/WazzupView')).WazzupView);
const FollowUpsView = lazy(async () => (await import('./FollowUpsView')).FollowUpsView);
const ApprovalsView = lazy(async () => (await import('./ApprovalsView')).ApprovalsView);
const MetricsView = lazy(async () => (await import('./MetricsView')).MetricsView);
const ProblemsView = lazy(async () => (await import('./ProblemsView')).ProblemsView);
const AuditView = lazy(async () => (await import('./AuditView')).AuditView);
const NumbersView = lazy(async () => (await import('./NumbersView')).NumbersView);
const SettingsView = lazy(async () => (await import('./SettingsView')).SettingsView);

const ICONS: Readonly<Record<PlaceName, IconNode>> = {
	conversations: MessagesSquare,
	wazzup: MessageSquareMore,
	followUps: ClipboardCheck,
	approvals: BadgeCheck,
	metrics: ChartColumn,
	problems: TriangleAlert,
	audit: BookOpenText,
	numbers: Smartphone,
	settings: Settings,
};

/** Places that this person may see. */
const placesOpen = (): PlaceName[] => [
	'conversations',
	...(me().features.wazzup ? (['wazzup'] as const) : []),
	'followUps',
	...(may('approve') ? (['approvals'] as const) : []),
	...(may('seeMetrics') ? (['metrics'] as const) : []),
	...(may('repair') ? (['problems'] as const) : []),
	...(may('seeAudit') ? (['audit'] as const) : []),
	'numbers',
	'settings',
];

function AccountPopover({ onHelp }: { onHelp: () => void }) {
	const { advisor, business } = me();
	const { places } = words.value;
	const availability = useCommand();
	const [available, setAvailable] = useState(advisor.available);
	const logOut = async (): Promise<void> => {
		try {
			await command('logOut', {});
		} catch (reason) {
			notifyTrouble(reason);
			return;
		}
		sessionStorage.clear();
		location.replace(location.pathname);
	};
	return (
		<Popover icon={UserRound} name={places.account} side="right" class="account">
			{(close) => (
				<div class="accountMenu">
					<div class="accountWho">
						<Avatar name={advisor.name} />
						<div>
							<strong>{advisor.name}</strong>
							<span>
								{words.value.settings.team.roles[advisor.role]} · {business.name}
							</span>
						</div>
					</div>
					{/* On a phone the bar below is shorter than the list of places. */}
					<ul class="accountPlaces">
						{placesOpen().map((view) => (
							<li key={view}>
								<a
									href={addressOf(view)}
									aria-current={route.value.view === view ? 'page' : undefined}
									onClick={() => close()}
								>
									<Icon of={ICONS[view]} size={18} />
									{places[view]}
								</a>
							</li>
						))}
					</ul>
					<Check
						label={places.available}
						checked={available}
						disabled={availability.busy}
						onCheck={(next) => {
							setAvailable(next);
							void availability.give('setAvailability', { available: next }).then((done) => {
								if (done === undefined) setAvailable(!next);
							});
						}}
					/>
					<Button
						look="quiet"
						icon={CircleHelp}
						onClick={() => {
							close();
							onHelp();
						}}
					>
						{places.help}
					</Button>
					<Button look="quiet" icon={LogOut} onClick={() => void logOut()}>
						{places.logOut}
					</Button>
				</div>
			)}
		</Popover>
	);
}

function Rail({ onHelp }: { onHelp: () => void }) {
	const { places } = words.value;
	const atWazzup = unanswered.value ?? 0;
	const waiting = (counts.value?.mine ?? 0) + (counts.value?.unassigned ?? 0);
	const { view: here } = route.value;
	useEffect(() => {
		document.querySelector('.rail [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
	}, [here]);
	return (
		<nav class="rail" aria-label={places.main}>
			<span class="railLogo">
				<Logo size={34} />
			</span>
			<ul>
				{placesOpen().map((view) => (
					<li key={view}>
						<a
							href={addressOf(view)}
							class={route.value.view === view ? 'here' : ''}
							title={places[view]}
							aria-current={route.value.view === view ? 'page' : undefined}
						>
							<Icon of={ICONS[view]} size={20} />
							{/* Who speaks to the page says what they see; what is read aloud tells the whole name too. */}
							<span>{places.short[view]}</span>
							{places.short[view] === places[view] ? null : <span class="unseen">{places[view]}</span>}
							{view === 'wazzup' && atWazzup > 0 ? (
								<>
									<b class="railCount" aria-hidden="true">
										{atWazzup > 99 ? '99+' : atWazzup}
									</b>
									<span class="unseen">{words.value.wazzup.waiting(atWazzup)}</span>
								</>
							) : null}
							{view === 'conversations' && waiting > 0 ? <b class="dot" aria-hidden="true" /> : null}
						</a>
					</li>
				))}
			</ul>
			<div class="railEnd">
				<NotificationsBell />
				<AccountPopover onHelp={onHelp} />
			</div>
		</nav>
	);
}

function ConnectionBanner() {
	const [shown, setShown] = useState(false);
	const state = connection.value;
	// A short cut is nobody's business.
	useEffect(() => {
		if (state === 'live') {
			setShown(false);
			return undefined;
		}
		if (state === 'offline') {
			setShown(true);
			return undefined;
		}
		const timer = window.setTimeout(() => setShown(true), 3000);
		return () => window.clearTimeout(timer);
	}, [state]);
	return (
		<div class="bannerPlace" role="status">
			{shown ? (
				<p class="banner">
					<Icon of={WifiOff} size={16} />
					{state === 'offline' ? words.value.places.offline : words.value.places.reconnecting}
				</p>
			) : null}
		</div>
	);
}

function Place(): ComponentChildren {
	switch (route.value.view) {
		case 'conversations':
			return <ConversationsView />;
		case 'wazzup':
			return me().features.wazzup ? <WazzupView /> : <ConversationsView />;
		case 'contacts':
			return <ContactPlace contactId={route.value.id ?? ''} />;
		case 'followUps':
			return <FollowUpsView />;
		case 'approvals':
			return <ApprovalsView />;
		case 'metrics':
			return <MetricsView />;
		case 'problems':
			return <ProblemsView />;
		case 'audit':
			return <AuditView />;
		case 'numbers':
			return <NumbersView />;
		case 'settings':
			return <SettingsView />;
	}
}

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The whole page of somebody who is logged in. */
function Desk() {
	const [help, setHelp] = useState(false);
	useWindowEvent(
		'keydown',
		(event) => {
			if (event.key !== '?' || isTyping(event.target) || event.ctrlKey || event.metaKey) return;
			event.preventDefault();
			setHelp(true);
		},
		[],
	);
	const inConversation = route.value.view === 'conversations' && route.value.id !== undefined;
	return (
		<div class={inConversation ? 'desk inConversation' : 'desk'}>
			<a
				class="skip"
				href="#content"
				onClick={(event) => {
					event.preventDefault();
					document.getElementById('content')?.focus();
				}}
			>
				{words.value.places.skip}
			</a>
			<Rail onHelp={() => setHelp(true)} />
			<main id="content" class="content" tabIndex={-1}>
				<ConnectionBanner />
				<Suspense
					fallback={
						<div class="page">
							<Skeleton look="block" />
						</div>
					}
				>
					<Place />
				</Suspense>
			</main>
			{help ? <KeysDialog onClose={() => setHelp(false)} /> : null}
			{phase.value === 'expired' ? <ExpiredLogin /> : null}
			<p class="unseen" aria-live="polite">
				{heard.value}
			</p>
		</div>
	);
}

/** Login, or the desk. */
export function Inbox() {
	const { login, refusals } = words.value;
	let shown: ComponentChildren;
	switch (phase.value) {
		case 'loading':
			shown = (
				<main class="loginPage" aria-busy="true">
					<Logo size={56} />
				</main>
			);
			break;
		case 'unreachable':
			shown = (
				<main class="loginPage">
					<Failed
						said={{ text: login.unreachable, detail: refusals.noConnectionHint }}
						onRetry={() => void loadSession()}
					/>
				</main>
			);
			break;
		case 'login':
		case 'setPassword':
			shown = <LoginView />;
			break;
		default:
			shown = <Desk />;
	}
	return (
		<>
			{shown}
			<Notices />
		</>
	);
}
