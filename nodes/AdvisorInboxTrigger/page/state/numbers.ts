import { signal } from '@preact/signals';

import type { LinkedNumberView } from '../../../shared/domain/inbox/views';

/** Linked numbers that changed since they were asked for. */
export const changedNumbers = signal<ReadonlyMap<string, LinkedNumberView>>(new Map());

export function changedNumber(linkedNumber: LinkedNumberView): void {
	changedNumbers.value = new Map(changedNumbers.value).set(linkedNumber.id, linkedNumber);
}
