import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import type { QueryAnswers, QueryName } from '../../../shared/domain/inbox/requests';
import { ask, type QueryRequest } from '../server/ask';
import { inWords, type Said } from '../state/notices';
import { freshness } from '../state/session';

export interface Asked<Answer> {
	readonly answer?: Answer;
	readonly said?: Said;
	/** Asks again; what is there stays until the answer comes. */
	readonly reload: () => void;
}

/** A view of the desk for as long as it is on the screen; asked again after a cut of the connection. */
export function useAsked<Name extends QueryName>(name: Name, input: QueryRequest<Name>): Asked<QueryAnswers[Name]> {
	const [state, setState] = useState<{ answer?: QueryAnswers[Name]; said?: Said; of: string }>({ of: '' });
	const [round, setRound] = useState(0);
	const wanted = JSON.stringify(input);
	const fresh = freshness.value;
	useEffect(() => {
		const asking = new AbortController();
		ask(name, input, asking.signal).then(
			(answer) => setState({ answer, of: wanted }),
			(reason: unknown) => {
				if (asking.signal.aborted) return;
				setState((before) => ({ ...(before.of === wanted ? before : {}), said: inWords(reason), of: wanted }));
			},
		);
		return () => asking.abort();
	}, [name, wanted, round, fresh]);
	const reload = useCallback(() => setRound((before) => before + 1), []);
	return { ...(state.of === wanted ? { answer: state.answer, said: state.said } : {}), reload };
}

/** A query whose pages follow each other. */
type PagedName = {
	[Name in QueryName]: QueryAnswers[Name] extends { readonly rows: readonly unknown[]; readonly nextCursor?: string }
		? Name
		: never;
}[QueryName];
type RowOf<Name extends PagedName> = QueryAnswers[Name]['rows'][number];

export interface AskedPages<Row> {
	readonly rows?: readonly Row[];
	readonly more?: () => void;
	readonly loadingMore: boolean;
	readonly said?: Said;
	readonly reload: () => void;
}

interface ReadPages<Row> {
	readonly rows: readonly Row[];
	readonly nextCursor?: string;
	/** The question they answer. */
	readonly of: string;
}

/** Page after page of a view, as far as one reads; what was read stays when the first page is asked for again. */
export function usePages<Name extends PagedName>(name: Name, input: QueryRequest<Name>): AskedPages<RowOf<Name>> {
	type Row = RowOf<Name>;
	type Answer = { readonly rows: readonly Row[]; readonly nextCursor?: string };
	const first = useAsked(name, input);
	const of = JSON.stringify(input);
	const [read, setRead] = useState<ReadPages<Row>>();
	const [loadingMore, setLoadingMore] = useState(false);
	const [said, setSaid] = useState<Said>();
	const current = useRef<unknown>(undefined);
	current.current = first.answer;
	const shown = read?.of === of ? read : undefined;
	const count = useRef(0);
	count.current = shown?.rows.length ?? 0;

	const follow = async (answer: Answer, wanted: number): Promise<ReadPages<Row> | undefined> => {
		let page = answer;
		const rows = [...answer.rows];
		while (rows.length < wanted && page.nextCursor !== undefined) {
			page = await ask(name, { ...input, cursor: page.nextCursor });
			rows.push(...page.rows);
		}
		return current.current === first.answer ? { rows, nextCursor: page.nextCursor, of } : undefined;
	};
	// A first page that was asked for again takes the place of the old one, with as many pages behind it as were read.
	useEffect(() => {
		const { answer } = first;
		if (answer === undefined) return;
		follow(answer, count.current).then(
			(pages) => {
				if (pages === undefined) return;
				setRead(pages);
				setSaid(undefined);
			},
			(reason: unknown) => setSaid(inWords(reason)),
		);
	}, [first.answer]);

	const more = async (pages: ReadPages<Row>): Promise<void> => {
		setLoadingMore(true);
		try {
			const page: Answer = await ask(name, { ...input, cursor: pages.nextCursor });
			setRead((now) => (now === pages ? { ...pages, ...page, rows: [...pages.rows, ...page.rows] } : now));
			setSaid(undefined);
		} catch (reason) {
			setSaid(inWords(reason));
		} finally {
			setLoadingMore(false);
		}
	};
	return {
		rows: shown?.rows,
		more: shown?.nextCursor === undefined ? undefined : () => void more(shown),
		loadingMore,
		said: first.said ?? said,
		reload: first.reload,
	};
}
