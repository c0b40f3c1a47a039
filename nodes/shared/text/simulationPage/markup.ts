import { lookupTable } from '../../domain/lookupTable';

/** Text that is HTML already. Everything else is escaped where it is written. */
export class Markup {
	constructor(readonly text: string) {}
}

type Written = string | number | Markup | readonly Markup[];

const ENTITIES = lookupTable<string>({
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
});

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign);

function written(value: Written): string {
	if (value instanceof Markup) return value.text;
	if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
	return value.map(({ text }) => text).join('');
}

/** HTML whose values are escaped: a chat may contain anything. */
export function html(parts: TemplateStringsArray, ...values: readonly Written[]): Markup {
	return new Markup(parts.reduce((page, part, index) => page + written(values[index - 1] ?? '') + part));
}

export const nothing = new Markup('');
