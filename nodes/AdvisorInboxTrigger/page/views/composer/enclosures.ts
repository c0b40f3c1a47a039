import { useEffect, useRef, useState } from 'preact/hooks';

import { MEDIA_LIMITS, type SendableMediaType } from '../../../../shared/domain/messages/limits';
import { fileSize } from '../../format';
import { NoConnection, upload } from '../../server/ask';
import { inWords, notify } from '../../state/notices';
import { me } from '../../state/session';
import { words } from '../../words/words';

/** A file beside the text: on its way to the desk, there, or not taken. It is kept until it is sent or removed. */
export interface Enclosed {
	readonly key: number;
	readonly file: File;
	readonly preview?: string;
	readonly share: number;
	readonly uploadId?: string;
	/** Why the desk does not have it. */
	readonly trouble?: string;
	readonly stop: AbortController;
}

const MOST_FILES = 10;

const KINDS = Object.entries(MEDIA_LIMITS) as ReadonlyArray<
	readonly [SendableMediaType, { readonly bytes: number; readonly mimeTypes: readonly string[] }]
>;

/** What the browser offers when a file is chosen. */
export const SENDABLE = KINDS.flatMap(([, { mimeTypes }]) => mimeTypes).join(',');

/** Why a file cannot be sent, before anything of it is. */
function objection(file: File): string | undefined {
	const { composer } = words.value;
	if (file.size === 0) return composer.emptyFile(file.name);
	const kind = KINDS.find(([, { mimeTypes }]) => mimeTypes.includes(file.type.split(';')[0]));
	if (kind === undefined) return composer.wrongType(file.name);
	const most = Math.min(kind[1].bytes, me().uploadLimit);
	return file.size > most ? composer.tooBig(file.name, fileSize(most)) : undefined;
}

let lastKey = 0;

/** Files of one message: taken at once, shown, handed over in the background, as often as it takes. */
export function useEnclosures() {
	const [enclosed, setEnclosed] = useState<readonly Enclosed[]>([]);
	const current = useRef(enclosed);
	current.current = enclosed;
	const change = (key: number, to: Partial<Enclosed>): void =>
		setEnclosed((before) => before.map((one) => (one.key === key ? { ...one, ...to } : one)));
	const drop = (one: Enclosed): void => {
		one.stop.abort();
		if (one.preview) URL.revokeObjectURL(one.preview);
	};
	useEffect(() => () => current.current.forEach(drop), []);
	const handOver = ({ key, file, stop }: Pick<Enclosed, 'key' | 'file' | 'stop'>): void => {
		upload(file, (share) => change(key, { share }), stop.signal).then(
			(uploadId) => change(key, { uploadId, share: 1 }),
			(reason: unknown) => {
				if (stop.signal.aborted) return;
				const { text, detail } = inWords(reason);
				// That it is tried again by itself is true of messages, not of files.
				const trouble = reason instanceof NoConnection ? text : [text, detail].filter(Boolean).join(' ');
				change(key, { trouble });
			},
		);
	};
	const add = (files: Iterable<File>): void => {
		for (const file of files) {
			const refused = objection(file);
			if (refused !== undefined) {
				notify('trouble', refused);
				continue;
			}
			if (current.current.length >= MOST_FILES) {
				notify('trouble', words.value.composer.tooMany);
				return;
			}
			lastKey += 1;
			const one: Enclosed = {
				key: lastKey,
				file,
				...(file.type.startsWith('image/') ? { preview: URL.createObjectURL(file) } : {}),
				share: 0,
				stop: new AbortController(),
			};
			current.current = [...current.current, one];
			setEnclosed(current.current);
			handOver(one);
		}
	};
	const tryAgain = (key: number): void => {
		const found = current.current.find((one) => one.key === key);
		if (found?.trouble === undefined) return;
		const stop = new AbortController();
		change(key, { trouble: undefined, share: 0, stop });
		handOver({ ...found, stop });
	};
	const remove = (key: number): void => {
		const found = current.current.find((one) => one.key === key);
		if (found) drop(found);
		setEnclosed((before) => before.filter((one) => one.key !== key));
	};
	const clear = (): void => {
		current.current.forEach(({ preview }) => preview && URL.revokeObjectURL(preview));
		setEnclosed([]);
	};
	return { enclosed, add, tryAgain, remove, clear };
}
