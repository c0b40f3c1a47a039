import { ChevronLeft, ChevronRight, Download, X } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { MessageView } from '../../../../shared/domain/inbox/views';
import { IconButton } from '../../pieces/Button';
import { Icon } from '../../pieces/Icon';
import { attachmentUrl } from '../../server/ask';
import { words } from '../../words/words';

/** The pictures of a conversation, large, one after the other. */
export function Lightbox({
	images,
	shown,
	onShow,
	onClose,
}: {
	images: readonly MessageView[];
	shown: string;
	onShow: (messageId: string) => void;
	onClose: () => void;
}) {
	const { thread, actions, types } = words.value;
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	const at = images.findIndex(({ id }) => id === shown);
	const attachment = images[at]?.attachment;
	if (attachment === undefined) return null;
	const move = (by: number): void => {
		const next = images[at + by];
		if (next) onShow(next.id);
	};
	return (
		<dialog
			class="lightbox"
			ref={dialog}
			aria-label={attachment.filename ?? types.image}
			onClose={onClose}
			onClick={(event) => {
				if (event.target === dialog.current) onClose();
			}}
			onKeyDown={(event) => {
				event.stopPropagation();
				if (event.key === 'ArrowLeft') move(-1);
				if (event.key === 'ArrowRight') move(1);
			}}
		>
			<div class="lightboxBar">
				<a
					class="iconButton"
					href={attachmentUrl(attachment.id)}
					download={attachment.filename ?? true}
					aria-label={actions.download}
				>
					<Icon of={Download} />
				</a>
				<IconButton icon={X} name={actions.close} onClick={onClose} />
			</div>
			<img src={attachmentUrl(attachment.id)} alt={attachment.filename ?? types.image} />
			{at > 0 ? (
				<IconButton class="before" icon={ChevronLeft} size={26} name={thread.previous} onClick={() => move(-1)} />
			) : null}
			{at < images.length - 1 ? (
				<IconButton class="after" icon={ChevronRight} size={26} name={thread.next} onClick={() => move(1)} />
			) : null}
		</dialog>
	);
}
