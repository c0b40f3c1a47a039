import { GraphError, parameterError } from './graphErrors';
import type { Identifiers } from './identifiers';
import type { Json, TemplateSeed } from './types';

export interface StoredTemplate {
	readonly id: string;
	readonly wabaId: string;
	readonly name: string;
	readonly language: string;
	category: string;
	status: string;
	components: readonly Json[];
	readonly parameterFormat: 'POSITIONAL' | 'NAMED';
	rejectedReason?: string;
	editedAt: number[];
}

/** A template with its values filled in. */
export interface FilledTemplate {
	readonly template: StoredTemplate;
	readonly header?: string;
	readonly headerMedia?: {
		readonly kind: 'image' | 'video' | 'document';
		readonly id?: string;
		readonly link?: string;
		readonly filename?: string;
	};
	readonly body: string;
	readonly footer?: string;
	readonly buttons: ReadonlyArray<{
		readonly type: string;
		readonly text: string;
		readonly url?: string;
		readonly payload?: string;
	}>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const mediaFormats: Readonly<Record<string, 'image' | 'video' | 'document'>> = {
	IMAGE: 'image',
	VIDEO: 'video',
	DOCUMENT: 'document',
};
const variable = /\{\{\s*([a-z0-9_]+)\s*\}\}/gi;

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const upper = (value: unknown): string => words(value).toUpperCase();
const objects = (value: unknown): Json[] =>
	Array.isArray(value) ? value.filter((entry): entry is Json => typeof entry === 'object' && entry !== null) : [];

/** Names or numbers of the variables in a text, each once, in order. */
function variablesOf(text: string): string[] {
	return [...new Set([...text.matchAll(variable)].map((match) => match[1]))];
}

/** Templates of the accounts, as `/message_templates` keeps them. */
export class TemplateCatalogue {
	private readonly templates = new Map<string, StoredTemplate>();
	private readonly creations = new Map<string, number[]>();

	constructor(
		private readonly identifiers: Identifiers,
		private readonly now: () => number,
	) {}

	seed(wabaId: string, seed: TemplateSeed): StoredTemplate {
		const known = this.find(wabaId, seed.name, seed.language);
		const template: StoredTemplate = {
			id: known?.id ?? this.identifiers.numeric(16),
			wabaId,
			name: seed.name,
			language: seed.language,
			category: seed.category ?? 'UTILITY',
			status: seed.status ?? 'APPROVED',
			components: seed.components,
			parameterFormat: seed.parameter_format ?? 'POSITIONAL',
			editedAt: [],
		};
		this.templates.set(template.id, template);
		return template;
	}

	find(wabaId: string, name: string, language: string): StoredTemplate | undefined {
		for (const template of this.templates.values()) {
			if (template.wabaId === wabaId && template.name === name && template.language === language) return template;
		}
		return undefined;
	}

	byId(id: string): StoredTemplate | undefined {
		return this.templates.get(id);
	}

	of(wabaId: string): StoredTemplate[] {
		return [...this.templates.values()].filter((template) => template.wabaId === wabaId);
	}

	/** What `GET` shows of a template. */
	view(template: StoredTemplate, fields?: readonly string[]): Json {
		const all: Json = {
			name: template.name,
			parameter_format: template.parameterFormat,
			components: template.components,
			language: template.language,
			status: template.status,
			category: template.category,
			quality_score: { score: 'UNKNOWN', date: Math.floor(this.now() / 1000) },
			rejected_reason: template.rejectedReason ?? 'NONE',
			id: template.id,
		};
		if (!fields || fields.length === 0) {
			const { quality_score: _quality, rejected_reason: _reason, ...usual } = all;
			return usual;
		}
		const view: Json = {};
		for (const field of fields) if (field in all) view[field] = all[field];
		view.id = template.id;
		return view;
	}

	/** @throws GraphError as Meta refuses a template. */
	create(wabaId: string, parameters: Json): StoredTemplate {
		const name = words(parameters.name);
		if (!name) throw parameterError('The parameter name is required.');
		if (!/^[a-z0-9_]{1,512}$/.test(name)) {
			throw parameterError('Param name must contain only lowercase alphanumeric characters and underscores.');
		}
		const language = words(parameters.language);
		if (!language) throw parameterError('The parameter language is required.');
		const category = upper(parameters.category);
		if (!['MARKETING', 'UTILITY', 'AUTHENTICATION'].includes(category)) {
			throw parameterError(
				`Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got "${words(parameters.category)}".`,
			);
		}
		if (this.find(wabaId, name, language)) {
			throw new GraphError(100, {
				message: 'Invalid parameter',
				subcode: 2388024,
				details: 'There is already content in this language for this template.',
			});
		}
		const lastHour = (this.creations.get(wabaId) ?? []).filter((at) => at > this.now() - 60 * 60 * 1000);
		if (lastHour.length >= 100) throw new GraphError(80007);
		this.creations.set(wabaId, [...lastHour, this.now()]);
		const components = this.checkComponents(parameters.components, category);
		const template: StoredTemplate = {
			id: this.identifiers.numeric(16),
			wabaId,
			name,
			language,
			category,
			status: 'PENDING',
			components,
			parameterFormat: upper(parameters.parameter_format) === 'NAMED' ? 'NAMED' : 'POSITIONAL',
			editedAt: [],
		};
		this.templates.set(template.id, template);
		return template;
	}

	private checkComponents(value: unknown, category: string): Json[] {
		let parsed = value;
		if (typeof value === 'string') {
			try {
				parsed = JSON.parse(value);
			} catch (error) {
				throw parameterError(
					`Param components must be a JSON array (${error instanceof Error ? error.message : 'unreadable'}).`,
				);
			}
		}
		const components = objects(parsed);
		if (components.length === 0) throw parameterError('The parameter components is required.');
		const body = components.find((component) => upper(component.type) === 'BODY');
		if (!body) throw new GraphError(100, { message: 'Invalid parameter', subcode: 2388023 });
		const tooLong = (part: string, text: string, maximum: number): void => {
			if ([...text].length > maximum) {
				throw new GraphError(100, {
					message: `(#100) ${part} must be at most ${maximum} characters long.`,
					subcode: 2388040,
				});
			}
		};
		if (category !== 'AUTHENTICATION') {
			const text = words(body.text);
			if (text === '') throw parameterError('Param components BODY text is required.');
			tooLong('Body', text, 1024);
			const count = variablesOf(text).length;
			const example = typeof body.example === 'object' && body.example !== null ? (body.example as Json) : undefined;
			if (count > 0 && !example) throw new GraphError(100, { message: 'Invalid parameter', subcode: 2388043 });
		}
		for (const component of components) {
			const type = upper(component.type);
			if (type === 'HEADER' && upper(component.format) === 'TEXT') tooLong('Header', words(component.text), 60);
			if (type === 'FOOTER') tooLong('Footer', words(component.text), 60);
			if (type === 'BUTTONS') {
				const buttons = objects(component.buttons);
				if (buttons.length === 0 || buttons.length > 10)
					throw parameterError('A template has between 1 and 10 buttons.');
				for (const button of buttons) tooLong('Button text', words(button.text), 25);
			}
		}
		return components;
	}

	/** @throws GraphError when the template may not be edited now. */
	edit(template: StoredTemplate, parameters: Json): void {
		if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
			throw parameterError(`Templates with status ${template.status} cannot be edited.`);
		}
		const recent = template.editedAt.filter((at) => at > this.now() - 30 * DAY_MS);
		const today = recent.filter((at) => at > this.now() - DAY_MS);
		if (recent.length >= 10 || (template.status === 'APPROVED' && today.length >= 1)) {
			throw new GraphError(100, {
				message: '(#100) You have reached the limit of edits of this template.',
				subcode: 2593002,
			});
		}
		if (
			parameters.category !== undefined &&
			template.status === 'APPROVED' &&
			upper(parameters.category) !== template.category
		) {
			throw parameterError('The category of an approved template cannot be changed.');
		}
		if (parameters.components !== undefined) {
			template.components = this.checkComponents(parameters.components, template.category);
		}
		if (parameters.category !== undefined) template.category = upper(parameters.category);
		template.editedAt = [...recent, this.now()];
		template.status = 'PENDING';
	}

	/** By name (every language) or by name and id. */
	remove(wabaId: string, name: string, id?: string): number {
		let removed = 0;
		for (const template of this.of(wabaId)) {
			if (template.name === name && (id === undefined || template.id === id)) {
				this.templates.delete(template.id);
				removed += 1;
			}
		}
		return removed;
	}

	/**
	 * Fills a template in, checking what Meta checks.
	 *
	 * From Graph v23 problems with parameters other than their number are 132018, before that 132012.
	 *
	 * @throws GraphError 132000, 132001, 132005, 132012, 132015, 132016 or 132018.
	 */
	fill(wabaId: string, content: Json, version: number): FilledTemplate {
		const name = words(content.name);
		const language = words((content.language as Json).code);
		const template = this.find(wabaId, name, language);
		if (!template) throw new GraphError(132001, { details: `template name (${name}) does not exist in ${language}` });
		if (template.status === 'PAUSED') throw new GraphError(132015);
		if (template.status === 'DISABLED') throw new GraphError(132016);
		if (template.status !== 'APPROVED') {
			throw new GraphError(132001, {
				details: `template name (${name}) is not approved in ${language}: ${template.status}`,
			});
		}
		const misfit = (details: string): GraphError => new GraphError(version >= 23 ? 132018 : 132012, { details });
		const given = objects(content.components);
		const definition = (type: string): Json | undefined =>
			template.components.find((component) => upper(component.type) === type);
		const parametersOf = (type: string): Json[] =>
			given.filter((component) => upper(component.type) === type).flatMap((component) => objects(component.parameters));

		const substitute = (part: string, text: string, parameters: readonly Json[]): string => {
			const expected = variablesOf(text);
			if (expected.length !== parameters.length) {
				throw new GraphError(132000, {
					details: `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${expected.length})`,
				});
			}
			const values = new Map<string, string>();
			parameters.forEach((parameter, index) => {
				const value = this.valueOf(parameter, part, misfit);
				if (template.parameterFormat === 'NAMED') {
					const parameterName = words(parameter.parameter_name);
					if (!expected.includes(parameterName))
						throw misfit(`${part}: Parameter name is missing or unknown (${parameterName})`);
					values.set(parameterName, value);
				} else {
					if (parameter.parameter_name !== undefined)
						throw misfit(`${part}: parameter_name is only for templates with named parameters`);
					values.set(expected[index], value);
				}
			});
			if (values.size !== expected.length) throw misfit(`${part}: a parameter is given twice`);
			return text.replace(variable, (_match, key: string) => values.get(key) ?? '');
		};

		const headerDefinition = definition('HEADER');
		const headerParameters = parametersOf('HEADER');
		let header: string | undefined;
		let headerMedia: FilledTemplate['headerMedia'];
		if (headerDefinition) {
			const format = upper(headerDefinition.format);
			if (format === 'TEXT') {
				header = substitute('header', words(headerDefinition.text), headerParameters);
			} else if (mediaFormats[format]) {
				const kind = mediaFormats[format];
				if (headerParameters.length !== 1) {
					throw new GraphError(132012, { details: `header: Format mismatch, expected ${format}, received UNKNOWN` });
				}
				const [parameter] = headerParameters;
				const media = parameter[kind];
				if (words(parameter.type).toLowerCase() !== kind || typeof media !== 'object' || media === null) {
					throw misfit(`header: Format mismatch, expected ${format}, received ${upper(parameter.type) || 'UNKNOWN'}`);
				}
				const { id, link, filename } = media as Json;
				if ((typeof id === 'string') === (typeof link === 'string'))
					throw misfit(`header: exactly one of id or link is required`);
				headerMedia = {
					kind,
					id: words(id) || undefined,
					link: words(link) || undefined,
					filename: words(filename) || undefined,
				};
			} else if (format === 'LOCATION') {
				if (headerParameters.length !== 1 || words(headerParameters[0].type) !== 'location') {
					throw misfit('header: Format mismatch, expected LOCATION');
				}
			}
		} else if (headerParameters.length > 0) {
			throw new GraphError(132000, {
				details: `header: number of localizable_params (${headerParameters.length}) does not match the expected number of params (0)`,
			});
		}

		const bodyDefinition = definition('BODY');
		const bodyText =
			words(bodyDefinition?.text) ||
			(template.category === 'AUTHENTICATION' ? '*{{1}}* es tu código de verificación.' : '');
		const body = substitute('body', bodyText, parametersOf('BODY'));
		if ([...body].length > 1024)
			throw new GraphError(132005, { details: 'body: translated text is longer than 1024 characters' });

		const buttonGiven = given.filter((component) => upper(component.type) === 'BUTTON');
		const buttonDefinitions = objects(definition('BUTTONS')?.buttons);
		for (const component of buttonGiven) {
			if (!buttonDefinitions[Number(component.index)])
				throw misfit(`button at index ${String(component.index)} does not exist`);
		}
		const buttons = buttonDefinitions.map((button, index) => {
			const type = upper(button.type);
			const component = buttonGiven.find((candidate) => Number(candidate.index) === index);
			const [parameter] = objects(component?.parameters);
			const wanted: Readonly<Record<string, string>> = {
				QUICK_REPLY: 'QUICK_REPLY',
				URL: 'URL',
				OTP: 'URL',
				COPY_CODE: 'COPY_CODE',
				FLOW: 'FLOW',
				CATALOG: 'CATALOG',
			};
			if (component && wanted[type] !== undefined && upper(component.sub_type) !== wanted[type]) {
				throw misfit(`button at index ${index} is of type ${type}, received ${upper(component.sub_type)}`);
			}
			const url = words(button.url);
			if ((type === 'URL' && variablesOf(url).length > 0) || type === 'OTP') {
				if (words(parameter?.text) === '')
					throw new GraphError(131008, { details: `Button at index ${index} of type Url requires a parameter` });
				return { type, text: words(button.text), url: url.replace(variable, words(parameter?.text)) || undefined };
			}
			if (type === 'URL' && parameter) throw misfit(`button at index ${index}: Url has no parameter`);
			if (type === 'COPY_CODE' && words(parameter?.coupon_code) === '') {
				throw new GraphError(131008, { details: `Button at index ${index} of type CopyCode requires a parameter` });
			}
			return {
				type,
				text: words(button.text),
				url: url || undefined,
				payload: words(parameter?.payload) || words(parameter?.coupon_code) || undefined,
			};
		});
		return { template, header, headerMedia, body, footer: words(definition('FOOTER')?.text) || undefined, buttons };
	}

	private valueOf(parameter: Json, part: string, misfit: (details: string) => GraphError): string {
		const type = words(parameter.type).toLowerCase();
		if (type === 'text') {
			const text = parameter.text;
			if (typeof text !== 'string' || text === '')
				throw new GraphError(131008, { details: `${part}: Parameter of type text is missing text value` });
			if (/[\n\t]| {5,}/.test(text)) {
				throw misfit(`${part}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`);
			}
			return text;
		}
		const fallback = parameter[type];
		if ((type === 'currency' || type === 'date_time') && typeof fallback === 'object' && fallback !== null) {
			const value = words((fallback as Json).fallback_value);
			if (value === '') throw misfit(`${part}: fallback_value is required`);
			return value;
		}
		throw misfit(`${part}: Format mismatch, received ${type || 'UNKNOWN'}`);
	}
}
