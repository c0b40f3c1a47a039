export type FormValue = string | FormTree | FormValue[];
export interface FormTree {
	[key: string]: FormValue;
}

const isList = (tree: FormTree): boolean => {
	const keys = Object.keys(tree);
	return keys.length > 0 && keys.every((key, index) => key === String(index));
};

function settled(value: FormValue): FormValue {
	if (typeof value === 'string' || Array.isArray(value)) return value;
	const entries = Object.entries(value).map(([key, child]) => [key, settled(child)] as const);
	return isList(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

/** A form body as Stripe reads it: `line_items[0][price_data][currency]=cop`. */
export function readForm(body: string): FormTree {
	const tree: FormTree = {};
	for (const [name, value] of new URLSearchParams(body)) {
		const path = name.split(/[[\]]+/).filter((part) => part !== '');
		const last = path.pop() ?? name;
		let place = tree;
		for (const part of path) {
			const next = place[part];
			const child: FormTree = typeof next === 'object' && !Array.isArray(next) ? next : {};
			place[part] = child;
			place = child;
		}
		place[last] = value;
	}
	return settled(tree) as FormTree;
}

export const textAt = (value: FormValue | undefined, ...path: readonly (string | number)[]): string | undefined => {
	const found = path.reduce<FormValue | undefined>(
		(at, key) => (typeof at === 'object' ? (at as FormTree)[String(key)] : undefined),
		value,
	);
	return typeof found === 'string' ? found : undefined;
};

export const treeAt = (value: FormTree, key: string): Record<string, string> => {
	const found = value[key];
	return typeof found === 'object' && !Array.isArray(found) ? (found as Record<string, string>) : {};
};
