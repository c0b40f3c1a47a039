import {
	Bot,
	Clock,
	FilterX,
	Inbox as InboxIcon,
	ListFilter,
	Search,
	SearchX,
	Smartphone,
	Sparkles,
	Ticket,
	TriangleAlert,
	UserRound,
	X,
} from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';

import type { ConversationMode } from '../../../shared/domain/conversation/types';
import type { ConversationSummary } from '../../../shared/domain/inbox/views';
import { ownValue } from '../../../shared/domain/ownValue';
import { shortTime, span } from '../format';
import { useAsked } from '../pieces/asked';
import { Avatar } from '../pieces/Avatar';
import { Button, IconButton } from '../pieces/Button';
import { Check, SelectField, TextField } from '../pieces/fields';
import { Highlighted } from '../pieces/FormattedText';
import { Icon } from '../pieces/Icon';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { Ticks } from '../pieces/Ticks';
import { now } from '../state/clock';
import {
	activeSearch,
	isFiltered,
	list,
	listFilter,
	listName,
	LISTS,
	loadMore,
	reloadList,
	rows,
	search,
	searchText,
} from '../state/conversations';
import { addressOf, route } from '../state/route';
import { counts, may, me, myId } from '../state/session';
import { words } from '../words/words';

const MODES = ['bot', 'waiting', 'human', 'mirrored', 'closed'] as const satisfies readonly ConversationMode[];
const MODE_ICONS = { bot: Bot, waiting: Clock, human: UserRound, mirrored: Smartphone, closed: X } as const;
/** The last stretch before somebody is late. */
const SOON_MS = 5 * 60_000;

/** Who attends: the bot, nobody yet, a person. */
export function ModeChip({ row }: { row: Pick<ConversationSummary, 'mode' | 'owner'> }) {
	const named =
		row.mode === 'human' && row.owner
			? row.owner.id === myId.value
				? words.value.list.you
				: row.owner.name
			: undefined;
	return (
		<span class={`chip mode ${row.mode}`}>
			<Icon of={MODE_ICONS[row.mode]} size={13} />
			{named ?? words.value.modes[row.mode]}
		</span>
	);
}

/** How long the customer has waited: calm, soon too long, too long. */
export function WaitingChip({ row }: { row: Pick<ConversationSummary, 'waitingSince' | 'answerDueAt'> }) {
	if (row.waitingSince === undefined) return null;
	const left = row.answerDueAt === undefined ? Infinity : Date.parse(row.answerDueAt) - now.value;
	const look = left <= 0 ? 'late' : left <= SOON_MS ? 'soon' : '';
	const waited = span(now.value - Date.parse(row.waitingSince));
	return (
		<span class={`chip waiting ${look}`}>
			<Icon of={Clock} size={13} />
			{look === 'late' ? words.value.list.late(span(-left)) : words.value.list.waits(waited)}
		</span>
	);
}

function LastWords({ row }: { row: ConversationSummary }) {
	const { authors, types } = words.value;
	const last = row.lastMessage;
	if (last === undefined) return <span class="rowPreview" />;
	const isOurs = last.author !== 'customer';
	const who = last.author === 'advisor' || last.author === 'bot' ? `${authors[last.author]}: ` : '';
	const what = last.preview || types[last.type as keyof typeof types] || last.type;
	return (
		<span class="rowPreview">
			{isOurs && last.status ? <Ticks status={last.status} /> : null}
			<span>
				{who}
				<Highlighted text={what} search={activeSearch.value} />
			</span>
		</span>
	);
}

function Row({ row }: { row: ConversationSummary }) {
	const isOpen = route.value.id === row.id;
	const { list: said, lead } = words.value;
	return (
		<li>
			<a
				id={`row-${row.id}`}
				class={`row${isOpen ? ' open' : ''}${row.unread > 0 ? ' unread' : ''}`}
				href={addressOf('conversations', row.id)}
				aria-current={isOpen ? 'true' : undefined}
			>
				<Avatar name={row.contactName} />
				<span class="rowBody">
					<span class="rowTop">
						<span class="rowName">
							<Highlighted text={row.contactName} search={activeSearch.value} />
						</span>
						{row.lastMessage ? (
							<time dateTime={row.lastMessage.at}>{shortTime(row.lastMessage.at, now.value)}</time>
						) : null}
					</span>
					<span class="rowMiddle">
						<LastWords row={row} />
						{row.unread > 0 ? (
							<b class="count">
								<span aria-hidden="true">{row.unread > 99 ? '99+' : row.unread}</span>
								<span class="unseen">{said.unread(row.unread)}</span>
							</b>
						) : null}
					</span>
					<span class="rowChips">
						{row.waitingSince !== undefined ? <WaitingChip row={row} /> : <ModeChip row={row} />}
						{row.commercialIntent ? (
							<span class="chip intent" title={said.commercialIntent}>
								<Icon of={Sparkles} size={13} />
								{row.leadStage === undefined
									? said.commercialIntent
									: (ownValue(lead.stages, row.leadStage) ?? row.leadStage)}
							</span>
						) : null}
						{row.openCases > 0 ? (
							<span class="chip" title={said.cases(row.openCases)}>
								<Icon of={Ticket} size={13} />
								<span aria-hidden="true">{row.openCases}</span>
								<span class="unseen">{said.cases(row.openCases)}</span>
							</span>
						) : null}
						{row.trouble ? (
							<span class="chip trouble">
								<Icon of={TriangleAlert} size={13} />
								<span class="unseen">{said.tabs.trouble}</span>
							</span>
						) : null}
						{row.tags.slice(0, 2).map((tag) => (
							<span key={tag} class="chip tag">
								{tag}
							</span>
						))}
					</span>
				</span>
			</a>
		</li>
	);
}

function Filters() {
	const { list: said, modes } = words.value;
	const filter = listFilter.value;
	const advisors = useAsked('advisors', {});
	return (
		<div class="filters">
			<SelectField
				hideLabel
				label={said.anyMode}
				value={filter.mode ?? ''}
				choices={[{ value: '', name: said.anyMode }, ...MODES.map((mode) => ({ value: mode, name: modes[mode] }))]}
				onChoice={(mode) => {
					listFilter.value = { ...filter, mode: mode === '' ? undefined : mode };
				}}
			/>
			{may('seeAll') ? (
				<SelectField
					hideLabel
					label={said.anyAdvisor}
					value={filter.advisorId ?? ''}
					choices={[
						{ value: '', name: said.anyAdvisor },
						...(advisors.answer ?? []).map(({ id, name }) => ({ value: id, name })),
					]}
					onChoice={(advisorId) => {
						listFilter.value = { ...filter, advisorId: advisorId === '' ? undefined : advisorId };
					}}
				/>
			) : null}
			<TextField
				label={said.tag}
				value={filter.tag ?? ''}
				maxLength={40}
				onChange={(event) => {
					const tag = event.currentTarget.value.trim();
					listFilter.value = { ...filter, tag: tag === '' ? undefined : tag };
				}}
			/>
			<Check
				label={said.unreadOnly}
				checked={filter.unread === true}
				onCheck={(unread) => {
					listFilter.value = { ...filter, unread: unread || undefined };
				}}
			/>
			<Button
				small
				look="quiet"
				icon={FilterX}
				onClick={() => {
					listFilter.value = {};
				}}
			>
				{said.clear}
			</Button>
		</div>
	);
}

function Tabs() {
	const { list: said } = words.value;
	const place = useRef<HTMLDivElement>(null);
	const shown = LISTS.filter((name) => name !== 'trouble' || may('repair'));
	const numbers = counts.value;
	const countOf = (name: (typeof LISTS)[number]): number =>
		name === 'mine' || name === 'unassigned' || name === 'all' ? (numbers?.[name] ?? 0) : 0;
	const move = (by: number): void => {
		const next = shown[(shown.indexOf(listName.value) + by + shown.length) % shown.length];
		listName.value = next;
		place.current?.querySelector<HTMLElement>(`[data-list="${next}"]`)?.focus();
	};
	return (
		<div
			class="tabs"
			role="tablist"
			aria-label={said.label}
			ref={place}
			onKeyDown={(event) => {
				if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
				event.preventDefault();
				move(event.key === 'ArrowRight' ? 1 : -1);
			}}
		>
			{shown.map((name) => (
				<button
					key={name}
					type="button"
					role="tab"
					id={`tab-${name}`}
					data-list={name}
					aria-selected={listName.value === name}
					aria-controls="conversations"
					tabIndex={listName.value === name ? 0 : -1}
					onClick={() => {
						listName.value = name;
					}}
				>
					{said.tabs[name]}
					{countOf(name) > 0 ? <b class="tabCount">{countOf(name)}</b> : null}
				</button>
			))}
		</div>
	);
}

function Rows() {
	const { list: said } = words.value;
	const end = useRef<HTMLDivElement>(null);
	const place = useRef<HTMLDivElement>(null);
	const loaded = list.value;
	useEffect(() => {
		const target = end.current;
		if (target === null) return undefined;
		const watcher = new IntersectionObserver(
			(entries) => {
				if (entries.some(({ isIntersecting }) => isIntersecting)) void loadMore();
			},
			{ root: place.current, rootMargin: '400px' },
		);
		watcher.observe(target);
		return () => watcher.disconnect();
	}, [loaded.nextCursor, loaded.state]);
	const [title, hint] = said.empty[listName.value];
	return (
		<div
			class="rowsPlace"
			id="conversations"
			role="tabpanel"
			aria-labelledby={`tab-${listName.value}`}
			aria-busy={loaded.state === 'loading'}
			ref={place}
		>
			{loaded.state === 'loading' ? <Skeleton rows={9} /> : null}
			{loaded.state === 'failed' && loaded.said ? (
				<Failed said={loaded.said} onRetry={() => void reloadList()} />
			) : null}
			{loaded.state === 'ready' && rows.value.length === 0 ? (
				isFiltered.value ? (
					<Empty icon={SearchX} title={said.nothingFound}>
						{said.nothingFoundHint}
					</Empty>
				) : (
					<Empty icon={InboxIcon} title={title}>
						{hint}
					</Empty>
				)
			) : null}
			<ul class="rowList">
				{rows.value.map((row) => (
					<Row key={row.id} row={row} />
				))}
			</ul>
			{loaded.nextCursor !== undefined ? (
				<div ref={end} class="listEnd">
					{loaded.said ? (
						<Button small onClick={() => void loadMore()}>
							{words.value.actions.loadMore}
						</Button>
					) : (
						<Skeleton rows={2} />
					)}
				</div>
			) : null}
		</div>
	);
}

/** Everybody who writes, what is asked for first. */
export function ConversationList() {
	const { list: said } = words.value;
	const [filtering, setFiltering] = useState(false);
	return (
		<section class="listPane" aria-label={said.label}>
			<header class="listHead">
				<div class="listTitle">
					<h1>{words.value.places.conversations}</h1>
					<span>{me().business.name}</span>
				</div>
				<div class="searchLine">
					<label class="search">
						<Icon of={Search} size={16} />
						<span class="unseen">{said.search}</span>
						<input
							id="search"
							type="search"
							placeholder={said.search}
							value={searchText.value}
							maxLength={200}
							autocomplete="off"
							onInput={(event) => search(event.currentTarget.value)}
							onKeyDown={(event) => {
								if (event.key === 'Escape') {
									search('');
									event.currentTarget.blur();
								}
								if (event.key === 'ArrowDown') {
									event.preventDefault();
									document.querySelector<HTMLElement>('.row')?.focus();
								}
							}}
						/>
					</label>
					<IconButton
						icon={ListFilter}
						name={said.filters}
						aria-expanded={filtering}
						class={isFiltered.value && searchText.value === '' ? 'on' : ''}
						onClick={() => setFiltering(!filtering)}
					/>
				</div>
				{filtering ? <Filters /> : null}
				<Tabs />
			</header>
			<Rows />
		</section>
	);
}
