import { signal } from '@preact/signals';

/** Room enough for the facts of the customer beside the thread. */
export const hasRoomForPanel = (): boolean => window.matchMedia('(min-width: 1180px)').matches;

/** Whether the facts of the customer are on the screen: beside the thread, or over it where there is no room. */
export const panelShown = signal(hasRoomForPanel());

/** A wish from the keyboard or from another part of the page, heard by whoever does it. */
export const wish = signal<{ readonly what: 'reply' | 'note' | 'takeOver' | 'lead'; readonly at: number } | undefined>(
	undefined,
);
