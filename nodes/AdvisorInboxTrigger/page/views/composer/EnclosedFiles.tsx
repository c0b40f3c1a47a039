import { FileText, RotateCcw, X } from 'lucide';

import { fileSize } from '../../format';
import { IconButton } from '../../pieces/Button';
import { Icon } from '../../pieces/Icon';
import { words } from '../../words/words';
import type { Enclosed } from './enclosures';

/** The files that go along with a message, and how far they are. */
export function EnclosedFiles({
	files,
	onRetry,
	onRemove,
}: {
	files: readonly Enclosed[];
	onRetry: (key: number) => void;
	onRemove: (key: number) => void;
}) {
	const { composer } = words.value;
	return (
		<ul class="enclosed">
			{files.map(({ key, file, preview, share, uploadId, trouble }) => (
				<li key={key} class={trouble ? 'wrong' : ''}>
					{preview ? <img src={preview} alt="" /> : <Icon of={FileText} size={20} />}
					<span>
						<b>{file.name}</b>
						<small role={trouble ? 'alert' : undefined}>{trouble ?? fileSize(file.size)}</small>
					</span>
					{uploadId === undefined && trouble === undefined ? (
						<progress value={share} max={1} aria-label={`${composer.uploading} ${file.name}`} />
					) : null}
					{trouble === undefined ? null : (
						<IconButton icon={RotateCcw} size={15} name={composer.retryFile(file.name)} onClick={() => onRetry(key)} />
					)}
					<IconButton icon={X} size={15} name={composer.removeFile(file.name)} onClick={() => onRemove(key)} />
				</li>
			))}
		</ul>
	);
}
