import { FileText, ImageOff, LoaderCircle } from 'lucide';
import { useState } from 'preact/hooks';

import type { AttachmentView } from '../../../../shared/domain/inbox/views';
import { fileSize } from '../../format';
import { AudioPlayer } from '../../pieces/AudioPlayer';
import { Icon } from '../../pieces/Icon';
import { attachmentUrl } from '../../server/ask';
import { words } from '../../words/words';

function FileState({ attachment }: { attachment: AttachmentView }) {
	const { thread } = words.value;
	if (attachment.state === 'pending')
		return (
			<p class="fileState">
				<Icon of={LoaderCircle} /> {thread.filePending}
			</p>
		);
	return (
		<p class="fileState">
			<Icon of={ImageOff} /> {attachment.state === 'expired' ? thread.fileGone : thread.fileFailed}
		</p>
	);
}

/** A file as what it is, or why it is not there. */
export function Attachment({ attachment, onEnlarge }: { attachment: AttachmentView; onEnlarge: () => void }) {
	const { thread, types } = words.value;
	const [broken, setBroken] = useState(false);
	if (attachment.state !== 'stored') return <FileState attachment={attachment} />;
	const url = attachmentUrl(attachment.id);
	if (broken) return <FileState attachment={{ ...attachment, state: 'failed' }} />;
	switch (attachment.kind) {
		case 'image':
			return (
				<button type="button" class="picture" aria-label={thread.enlarge} onClick={onEnlarge}>
					<img src={url} alt={attachment.filename ?? types.image} loading="lazy" onError={() => setBroken(true)} />
				</button>
			);
		case 'sticker':
			return <img class="sticker" src={url} alt={types.sticker} loading="lazy" onError={() => setBroken(true)} />;
		case 'audio':
			return (
				<>
					<AudioPlayer url={url} />
					{attachment.transcript ? (
						<p class="transcript">
							<b>{thread.transcript}</b> {attachment.transcript}
						</p>
					) : null}
				</>
			);
		case 'video':
			return (
				<video class="picture" controls preload="metadata" src={url} onError={() => setBroken(true)}>
					<a href={url}>{types.video}</a>
				</video>
			);
		case 'document':
			return (
				<a class="document" href={url} download={attachment.filename ?? true}>
					<span class="documentIcon">
						<Icon of={FileText} size={22} />
					</span>
					<span>
						<b>{attachment.filename ?? types.document}</b>
						<small>
							{[
								attachment.mimeType?.split('/').at(-1)?.slice(0, 12).toUpperCase(),
								attachment.size ? fileSize(attachment.size) : undefined,
							]
								.filter(Boolean)
								.join(' · ')}
						</small>
					</span>
				</a>
			);
	}
}
