import type { StoreTransaction } from '../store/store';

/** What a caller adds to the transaction of a use case, so that both are done or neither is. */
export type AlsoInside = (tx: StoreTransaction) => Promise<void>;

/** The same with what the use case made. */
export type AlsoWith<Made> = (tx: StoreTransaction, made: Made) => Promise<void>;

export const nothingMore: AlsoInside = async () => {};
