import { Pause, Play } from 'lucide';
import { useRef, useState } from 'preact/hooks';

import { words } from '../words/words';
import { IconButton } from './Button';

const SPEEDS = [1, 1.5, 2] as const;

const minutes = (seconds: number): string =>
	`${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** A voice note: play, jump, faster. */
export function AudioPlayer({ url }: { url: string }) {
	const { thread } = words.value;
	const audio = useRef<HTMLAudioElement>(null);
	const [playing, setPlaying] = useState(false);
	const [at, setAt] = useState(0);
	const [length, setLength] = useState(0);
	const [speed, setSpeed] = useState(0);
	const toggle = async (): Promise<void> => {
		const sound = audio.current;
		if (sound === null) return;
		if (!sound.paused) {
			sound.pause();
			return;
		}
		try {
			await sound.play();
		} catch {
			// The browser cannot play it: its own event says so and the button shows it stopped.
			setPlaying(false);
		}
	};
	return (
		<span class="audio">
			<audio
				ref={audio}
				src={url}
				preload="metadata"
				onPlay={() => setPlaying(true)}
				onPause={() => setPlaying(false)}
				onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
				onLoadedMetadata={({ currentTarget }) =>
					setLength(Number.isFinite(currentTarget.duration) ? currentTarget.duration : 0)
				}
			/>
			<IconButton
				icon={playing ? Pause : Play}
				name={playing ? thread.pause : thread.play}
				onClick={() => void toggle()}
			/>
			<input
				type="range"
				aria-label={thread.position}
				aria-valuetext={minutes(at)}
				min={0}
				max={length === 0 ? 1 : length}
				step={0.1}
				value={at}
				onInput={({ currentTarget }) => {
					if (audio.current) audio.current.currentTime = Number(currentTarget.value);
				}}
			/>
			<span class="audioTime">{minutes(at === 0 ? length : at)}</span>
			<button
				type="button"
				class="speed"
				aria-label={`${thread.speed}: ${SPEEDS[speed]}×`}
				onClick={() => {
					const next = (speed + 1) % SPEEDS.length;
					setSpeed(next);
					if (audio.current) audio.current.playbackRate = SPEEDS[next];
				}}
			>
				{SPEEDS[speed]}×
			</button>
		</span>
	);
}
