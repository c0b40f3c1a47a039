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
	/** Puts in what the page already knows. */
	readonly put: (answer: Answer) => void;
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
	const put = useCallback((answer: QueryAnswers[Name]) => setState({ answer, of: wanted }), [wanted]);
	return { ...(state.of === wanted ? { answer: state.answer, said: state.said } : {}), reload, put };
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

/** Page after page of a view, as far as one reads. */
export function usePages<Name extends PagedName>(name: Name, input: QueryRequest<Name>): AskedPages<RowOf<Name>> {
	const first = useAsked(name, input);
	const [later, setLater] = useState<{ rows: ReadonlyArray<RowOf<Name>>; nextCursor?: string; of: unknown }>({
		rows: [],
		of: undefined,
	});
	const [loadingMore, setLoadingMore] = useState(false);
	const [said, setSaid] = useState<Said>();
	const current = useRef<unknown>(undefined);
	current.current = first.answer;
	const isSame = later.of === first.answer && later.of !== undefined;
	const nextCursor = isSame ? later.nextCursor : first.answer?.nextCursor;
	const firstRows: ReadonlyArray<RowOf<Name>> | undefined = first.answer?.rows;
	const more = async (): Promise<void> => {
		const of = first.answer;
		setLoadingMore(true);
		try {
			const page: { readonly rows: ReadonlyArray<RowOf<Name>>; readonly nextCursor?: string } = await ask(name, {
				...input,
				cursor: nextCursor,
			});
			if (current.current !== of) return;
			setLater({ rows: [...(isSame ? later.rows : []), ...page.rows], nextCursor: page.nextCursor, of });
			setSaid(undefined);
		} catch (reason) {
			setSaid(inWords(reason));
		} finally {
			setLoadingMore(false);
		}
	};
	return {
		rows: firstRows === undefined ? undefined : [...firstRows, ...(isSame ? later.rows : [])],
		more: nextCursor === undefined ? undefined : () => void more(),
		loadingMore,
		said: first.said ?? said,
		reload: first.reload,
	};
}
