import { createElement, type ComponentChildren, type LooseInputHTMLAttributes, type TargetedEvent } from 'preact';
import { useId } from 'preact/hooks';

interface FieldParts {
	readonly label: string;
	readonly hint?: ComponentChildren;
	readonly error?: string;
}

function Described({ id, label, hint, error, children }: FieldParts & { id: string; children: ComponentChildren }) {
	return (
		<div class={error ? 'field wrong' : 'field'}>
			<label for={id}>{label}</label>
			{children}
			{error ? (
				<p class="fieldError" id={`${id}-about`} role="alert">
					{error}
				</p>
			) : hint ? (
				<p class="fieldHint" id={`${id}-about`}>
					{hint}
				</p>
			) : null}
		</div>
	);
}

const about = (id: string, { hint, error }: FieldParts): string | undefined =>
	hint || error ? `${id}-about` : undefined;

/** What a line to fill in may be told; the rest is the browser's own. */
interface LineParts {
	readonly type?: 'text' | 'search' | 'password' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'datetime-local';
	readonly value?: string | number;
	readonly defaultValue?: string;
	readonly placeholder?: string;
	readonly autocomplete?: 'off' | 'username' | 'current-password' | 'new-password';
	readonly inputMode?: 'decimal' | 'numeric';
	readonly maxLength?: number;
	readonly min?: string | number;
	readonly max?: string | number;
	readonly step?: string | number;
	readonly required?: boolean;
	readonly readOnly?: boolean;
	readonly onBlur?: () => void;
	readonly onChange?: (event: TargetedEvent<HTMLInputElement>) => void;
}

/** One line to fill in. */
export function TextField({
	label,
	hint,
	error,
	onText,
	type = 'text',
	...rest
}: FieldParts & LineParts & { onText?: (text: string) => void }) {
	const id = useId();
	// The type is known at run time only, which a literal <input> does not take.
	const attributes: LooseInputHTMLAttributes = {
		...rest,
		type,
		id,
		'aria-invalid': error ? true : undefined,
		'aria-describedby': about(id, { label, hint, error }),
		onInput: (event) => onText?.(event.currentTarget.value),
	};
	return (
		<Described id={id} label={label} hint={hint} error={error}>
			{createElement('input' as string, attributes)}
		</Described>
	);
}

/** Several lines to fill in. */
export function TextArea({
	label,
	hint,
	error,
	onText,
	...rest
}: FieldParts & {
	value?: string;
	defaultValue?: string;
	rows?: number;
	maxLength?: number;
	onText?: (text: string) => void;
	onChange?: (event: TargetedEvent<HTMLTextAreaElement>) => void;
}) {
	const id = useId();
	return (
		<Described id={id} label={label} hint={hint} error={error}>
			<textarea
				rows={3}
				{...rest}
				id={id}
				aria-invalid={error ? true : undefined}
				aria-describedby={about(id, { label, hint, error })}
				onInput={(event) => onText?.(event.currentTarget.value)}
			/>
		</Described>
	);
}

export interface Choice<Value extends string> {
	readonly value: Value;
	readonly name: string;
}

/** One of a list. */
export function SelectField<Value extends string>({
	label,
	hint,
	error,
	value,
	choices,
	onChoice,
	hideLabel = false,
	disabled = false,
}: FieldParts & {
	value: Value;
	choices: ReadonlyArray<Choice<Value>>;
	onChoice: (value: Value) => void;
	hideLabel?: boolean;
	disabled?: boolean;
}) {
	const id = useId();
	const select = (
		<select
			id={id}
			value={value}
			disabled={disabled}
			aria-label={hideLabel ? label : undefined}
			aria-describedby={about(id, { label, hint, error })}
			onChange={(event) => {
				const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
				if (chosen) onChoice(chosen.value);
			}}
		>
			{choices.map((choice) => (
				<option key={choice.value} value={choice.value}>
					{choice.name}
				</option>
			))}
		</select>
	);
	if (hideLabel) return select;
	return (
		<Described id={id} label={label} hint={hint} error={error}>
			{select}
		</Described>
	);
}

/** On or off. */
export function Check({
	label,
	hint,
	checked,
	onCheck,
	disabled = false,
}: {
	label: ComponentChildren;
	hint?: string;
	checked: boolean;
	onCheck: (checked: boolean) => void;
	disabled?: boolean;
}) {
	return (
		<label class="check">
			<input
				type="checkbox"
				checked={checked}
				disabled={disabled}
				onChange={(event) => onCheck(event.currentTarget.checked)}
			/>
			<span>
				{label}
				{hint ? <small>{hint}</small> : null}
			</span>
		</label>
	);
}

/** A few choices side by side, one of them taken. */
export function Segments<Value extends string>({
	label,
	value,
	choices,
	onChoice,
}: {
	label: string;
	value: Value;
	choices: ReadonlyArray<Choice<Value>>;
	onChoice: (value: Value) => void;
}) {
	const group = useId();
	return (
		<div class="segments" role="radiogroup" aria-label={label}>
			{choices.map((choice) => (
				<label key={choice.value} class={choice.value === value ? 'chosen' : ''}>
					<input
						type="radio"
						name={group}
						value={choice.value}
						checked={choice.value === value}
						onChange={() => onChoice(choice.value)}
					/>
					<span>{choice.name}</span>
				</label>
			))}
		</div>
	);
}

/** Any of a few choices. */
export function Checks<Value extends string>({
	label,
	hint,
	error,
	value,
	choices,
	onChoices,
}: FieldParts & {
	value: readonly Value[];
	choices: ReadonlyArray<Choice<Value>>;
	onChoices: (value: Value[]) => void;
}) {
	const id = useId();
	return (
		<div
			class={error ? 'field wrong' : 'field'}
			role="group"
			aria-labelledby={id}
			aria-describedby={about(id, { label, hint, error })}
		>
			<span class="fieldLabel" id={id}>
				{label}
			</span>
			<div class="areasChecks">
				{choices.map((choice) => (
					<Check
						key={choice.value}
						label={choice.name}
						checked={value.includes(choice.value)}
						onCheck={(checked) =>
							onChoices(checked ? [...value, choice.value] : value.filter((other) => other !== choice.value))
						}
					/>
				))}
			</div>
			{error || hint ? (
				<p class={error ? 'fieldError' : 'fieldHint'} id={`${id}-about`} role={error ? 'alert' : undefined}>
					{error ?? hint}
				</p>
			) : null}
		</div>
	);
}
