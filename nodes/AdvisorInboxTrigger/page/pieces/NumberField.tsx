import { useState } from 'preact/hooks';

import { TextField } from './fields';

/** A number to fill in. What is being typed and is no number yet stays on the screen and changes nothing. */
export function NumberField({
	label,
	hint,
	error,
	value,
	onNumber,
	min,
	max,
	step,
}: {
	label: string;
	hint?: string;
	error?: string;
	value: number | undefined;
	onNumber: (value: number) => void;
	min?: number;
	max?: number;
	step?: number;
}) {
	const [typed, setTyped] = useState<string>();
	return (
		<TextField
			label={label}
			hint={hint}
			error={error}
			type="number"
			min={min}
			max={max}
			step={step ?? 1}
			value={typed ?? (value === undefined ? '' : String(value))}
			onText={(text) => {
				setTyped(text);
				const number = Number(text);
				if (text.trim() !== '' && Number.isFinite(number)) onNumber(number);
			}}
			onBlur={() => setTyped(undefined)}
		/>
	);
}
