import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

import type { Said } from '../state/notices';
import { words } from '../words/words';
import { Button } from './Button';
import { Dialog } from './Dialog';

/** A dialog that is a form: Enter does it, what was refused is said inside: beside the field that is meant, else below. */
export function FormDialog({
	title,
	does,
	keeps,
	busy,
	disabled = false,
	said,
	fields = [],
	wide,
	onSubmit,
	onClose,
	children,
}: {
	title: string;
	/** Word of the button. */
	does: string;
	/** Word of the button that leaves everything as it is, where “Cancel” would say the opposite. */
	keeps?: string;
	busy: boolean;
	disabled?: boolean;
	said?: Said;
	/** Fields that show what was said of them (`errorOf`). */
	fields?: readonly string[];
	wide?: boolean;
	onSubmit: () => void;
	onClose: () => void;
	children: ComponentChildren;
}) {
	const formId = useId();
	return (
		<Dialog
			title={title}
			wide={wide}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{keeps ?? words.value.actions.cancel}</Button>
					<Button look="primary" type="submit" form={formId} busy={busy} disabled={disabled}>
						{does}
					</Button>
				</>
			}
		>
			<form
				id={formId}
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					if (!busy && !disabled) onSubmit();
				}}
			>
				{children}
				{said && !fields.some((field) => field === said.field) ? (
					<div class="formTrouble" role="alert">
						<strong>{said.text}</strong>
						{said.detail ? <span>{said.detail}</span> : null}
					</div>
				) : null}
			</form>
		</Dialog>
	);
}

/** What the desk said of one field. */
export const errorOf = (said: Said | undefined, field: string): string | undefined =>
	said?.field === field ? [said.text, said.detail].filter(Boolean).join(' ') : undefined;
