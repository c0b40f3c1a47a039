import { useLayoutEffect, useRef } from 'preact/hooks';

import { draftOf, keepDraft } from '../../state/drafts';

/** The field in which a conversation's draft is written: as tall as its text, and where an emoji goes. */
export function useWritingField(conversationId: string, isShown: boolean) {
	const { text, note } = draftOf(conversationId);
	const field = useRef<HTMLTextAreaElement>(null);

	// To a limit of the style sheet.
	useLayoutEffect(() => {
		const area = field.current;
		if (area === null) return;
		area.style.height = 'auto';
		area.style.height = `${area.scrollHeight}px`;
	}, [text, note, isShown]);

	return {
		field,
		focus: (): void => field.current?.focus(),
		/** Puts something where the cursor is, and the cursor behind it. */
		insert: (something: string): void => {
			const area = field.current;
			const start = area?.selectionStart ?? text.length;
			const end = area?.selectionEnd ?? start;
			keepDraft(conversationId, { text: text.slice(0, start) + something + text.slice(end) });
			queueMicrotask(() => {
				area?.focus();
				area?.setSelectionRange(start + something.length, start + something.length);
			});
		},
	};
}
