import { signal } from '@preact/signals';

/** Chats that wait at Wazzup for an answer of whoever is logged in; unknown until Wazzup has said so. */
export const unanswered = signal<number | undefined>(undefined);
