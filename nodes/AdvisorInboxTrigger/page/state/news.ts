import { signal } from '@preact/signals';

import type { ConversationSummary } from '../../../shared/domain/inbox/views';
import { words } from '../words/words';
import { preferences } from './preferences';
import { go } from './route';
import { myId } from './session';

/** Said by a screen reader when it comes. */
export const heard = signal('');

let audio: AudioContext | undefined;

/** Two short tones, made here: no file to fetch. */
function ring(): void {
	audio ??= new AudioContext();
	if (audio.state === 'suspended') return;
	for (const [index, frequency] of [660, 880].entries()) {
		const start = audio.currentTime + index * 0.09;
		const tone = audio.createOscillator();
		const loudness = audio.createGain();
		tone.frequency.value = frequency;
		loudness.gain.setValueAtTime(0.0001, start);
		loudness.gain.exponentialRampToValueAtTime(0.08, start + 0.015);
		loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.14);
		tone.connect(loudness).connect(audio.destination);
		tone.start(start);
		tone.stop(start + 0.15);
	}
}

/** A browser rings only for a page that somebody has touched. */
export function readyToRing(): void {
	if (!preferences.value.sound) return;
	audio ??= new AudioContext();
	void audio.resume();
}

/** Tells of a customer's new message: aloud, with a tone and, when the page is not looked at, on the desktop. */
export function notifyNews(before: ConversationSummary | undefined, now: ConversationSummary): void {
	const concerns = now.owner?.id === myId.value || (now.owner === undefined && now.mode === 'waiting');
	const isNew = now.lastMessage?.author === 'customer' && now.lastMessage.at !== before?.lastMessage?.at;
	if (!concerns || !isNew || now.lastMessage === undefined) return;
	heard.value = words.value.list.newMessageOf(now.contactName, now.lastMessage.preview);
	if (preferences.value.sound) ring();
	if (!preferences.value.desktop || !document.hidden) return;
	if (!('Notification' in window) || Notification.permission !== 'granted') return;
	const shown = new Notification(now.contactName, { body: now.lastMessage.preview, tag: now.id });
	shown.onclick = () => {
		window.focus();
		go('conversations', now.id);
		shown.close();
	};
}
