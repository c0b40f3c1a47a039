import { computed, effect, signal } from '@preact/signals';

/** How one person likes the page, on this device. */
export interface Preferences {
	readonly theme: 'system' | 'light' | 'dark';
	/** Absent: the language of the business. */
	readonly language?: 'es' | 'en' | 'pt-BR';
	readonly sound: boolean;
	readonly desktop: boolean;
}

const PLACE = 'inbox.preferences';
const STANDARD: Preferences = { theme: 'system', sound: true, desktop: false };

function stored(): Preferences {
	try {
		return { ...STANDARD, ...(JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Preferences>) };
	} catch {
		// A browser that keeps nothing for this page: the standard then.
		return STANDARD;
	}
}

export const preferences = signal<Preferences>(stored());

export function prefer(change: Partial<Preferences>): void {
	preferences.value = { ...preferences.value, ...change };
	localStorage.setItem(PLACE, JSON.stringify(preferences.value));
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(dark.matches);
dark.addEventListener('change', () => {
	systemIsDark.value = dark.matches;
});

/** Which of the two is on the screen. */
export const theme = computed(() => {
	const wanted = preferences.value.theme;
	if (wanted !== 'system') return wanted;
	return systemIsDark.value ? 'dark' : 'light';
});

effect(() => {
	document.documentElement.dataset.theme = theme.value;
});
