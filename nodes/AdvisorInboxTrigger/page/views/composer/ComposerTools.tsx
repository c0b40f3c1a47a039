import { LayoutTemplate, Paperclip, Smile, Zap } from 'lucide';
import { useRef } from 'preact/hooks';

import { IconButton } from '../../pieces/Button';
import { EMOJI } from '../../pieces/emoji';
import { Popover } from '../../pieces/Popover';
import { words } from '../../words/words';
import { SENDABLE } from './enclosures';

/** What can be put into a message besides letters. */
export function ComposerTools({
	onFiles,
	onEmoji,
	onCanned,
	onTemplate,
}: {
	onFiles: (files: FileList) => void;
	onEmoji: (emoji: string) => void;
	onCanned: () => void;
	onTemplate: () => void;
}) {
	const { composer } = words.value;
	const picker = useRef<HTMLInputElement>(null);
	return (
		<div class="composerTools">
			<IconButton icon={Paperclip} name={composer.attach} onClick={() => picker.current?.click()} />
			<input
				ref={picker}
				class="unseen"
				type="file"
				multiple
				tabIndex={-1}
				aria-hidden="true"
				accept={SENDABLE}
				onChange={({ currentTarget }) => {
					if (currentTarget.files) onFiles(currentTarget.files);
					currentTarget.value = '';
				}}
			/>
			<Popover icon={Smile} name={composer.emoji} side="above">
				{(close) => (
					<div class="emojiList">
						{EMOJI.map((emoji) => (
							<button
								key={emoji}
								type="button"
								onClick={() => {
									close();
									onEmoji(emoji);
								}}
							>
								{emoji}
							</button>
						))}
					</div>
				)}
			</Popover>
			<IconButton icon={Zap} name={composer.canned} onClick={onCanned} />
			<IconButton icon={LayoutTemplate} name={composer.template} onClick={onTemplate} />
		</div>
	);
}
