import { InvalidInput } from '../../domain/invalidInput';
import type { MediaSource } from './messageRequest';

/** What the placeholders of a template are filled with. */
export interface TemplateFilling {
	readonly header?:
		| { readonly type: 'text'; readonly text: string; readonly name?: string }
		| (MediaSource & { readonly type: 'image' | 'video' | 'document'; readonly filename?: string })
		| {
				readonly type: 'location';
				readonly latitude: number;
				readonly longitude: number;
				readonly name: string;
				readonly address: string;
		  };
	/** In the order of the placeholders; with names for a template with named parameters. */
	readonly body?: ReadonlyArray<{ readonly text: string; readonly name?: string }>;
	readonly buttons?: ReadonlyArray<{
		readonly type: 'url' | 'quick_reply' | 'copy_code' | 'flow';
		/** Counted from 1, as people count. */
		readonly position: number;
		readonly value: string;
	}>;
}

/** Meta's `components` array of a template message. @throws InvalidInput for a value that Meta would refuse. */
export function buildTemplateComponents(filling: TemplateFilling): readonly unknown[] {
	const components: unknown[] = [];
	if (filling.header !== undefined) {
		components.push({ type: 'header', parameters: [headerParameter(filling.header)] });
	}
	const body = filling.body ?? [];
	if (body.length > 0) {
		if (body.some(({ name }) => name !== undefined) && body.some(({ name }) => name === undefined)) {
			throw new InvalidInput({
				message: "'Body Parameters' has some parameters with a name and some without",
				description: 'A template has either named or numbered parameters: give all names or none.',
				parameter: 'Body Parameters',
			});
		}
		components.push({ type: 'body', parameters: body.map((entry) => textParameter(entry, 'Body Parameters')) });
	}
	for (const { type, position, value } of filling.buttons ?? []) {
		if (value.trim() === '') throw empty('Buttons');
		components.push({
			type: 'button',
			sub_type: type,
			index: String(position - 1),
			parameters: [buttonParameter(type, value)],
		});
	}
	return components;
}

function headerParameter(header: NonNullable<TemplateFilling['header']>): unknown {
	switch (header.type) {
		case 'text':
			return textParameter(header, 'Header');
		case 'location':
			if (!Number.isFinite(header.latitude) || !Number.isFinite(header.longitude)) throw empty('Header');
			return {
				type: 'location',
				location: {
					latitude: String(header.latitude),
					longitude: String(header.longitude),
					name: header.name,
					address: header.address,
				},
			};
		default: {
			const { type, mediaId, link, filename } = header;
			const source = mediaId === undefined ? (link === undefined ? undefined : { link }) : { id: mediaId };
			if (source === undefined) throw empty('Header');
			return { type, [type]: { ...source, ...(type === 'document' && filename !== undefined ? { filename } : {}) } };
		}
	}
}

/** Meta refuses line breaks, tabs and more than four spaces in a row inside a parameter (132012, "Parameter format"). */
const REFUSED_SPACE = /[\n\t]| {5,}/;

function textParameter(
	{ text, name }: { readonly text: string; readonly name?: string },
	displayName: string,
): unknown {
	if (text.trim() === '') throw empty(displayName);
	if (REFUSED_SPACE.test(text)) {
		throw new InvalidInput({
			message: `'${displayName}' holds a line break, a tab or more than four spaces in a row`,
			description: 'WhatsApp takes none of these inside a parameter: put the text in one line.',
			parameter: displayName,
		});
	}
	return { type: 'text', ...(name === undefined ? {} : { parameter_name: name }), text };
}

function buttonParameter(type: NonNullable<TemplateFilling['buttons']>[number]['type'], value: string): unknown {
	switch (type) {
		case 'url':
			return { type: 'text', text: value };
		case 'quick_reply':
			return { type: 'payload', payload: value };
		case 'copy_code':
			return { type: 'coupon_code', coupon_code: value };
		case 'flow':
			return { type: 'action', action: { flow_token: value } };
	}
}

function empty(displayName: string): InvalidInput {
	return new InvalidInput({
		message: `'${displayName}' has an empty value`,
		description: `Fill in '${displayName}', or remove it when the template does not ask for it.`,
		parameter: displayName,
	});
}
