const HUES = 8;

/** The same colour for the same person, always. */
function hueOf(text: string): number {
	let sum = 0;
	for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
	return sum % HUES;
}

function initials(name: string): string {
	const parts = name
		.replace(/[^\p{L}\p{N}\s]/gu, ' ')
		.split(/\s+/)
		.filter((part) => part !== '');
	const [first = '', second = ''] = parts;
	if (/^\d+$/.test(first)) return '#';
	return `${[...first][0] ?? '·'}${[...second][0] ?? ''}`.toUpperCase();
}

export function Avatar({ name, size = 40 }: { name: string; size?: 24 | 32 | 40 | 56 }) {
	return (
		<span class={`avatar size${size} hue${hueOf(name)}`} aria-hidden="true">
			{initials(name)}
		</span>
	);
}
