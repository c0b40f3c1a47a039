import { z } from 'zod';

import { InvalidInput } from '../../domain/invalidInput';
import { LIMITS } from '../../domain/messages/limits';
import type { Graph } from './graph';
import { nextCursorOf, pagingSchema, type Page } from './phoneNumbers';

export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';

const componentSchema = z
	.object({
		type: z.string(),
		/** Of headers: TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION. */
		format: z.string().optional(),
		text: z.string().optional(),
		buttons: z
			.array(
				z
					.object({
						type: z.string(),
						text: z.string().optional(),
						url: z.string().optional(),
						phone_number: z.string().optional(),
						example: z.unknown().optional(),
					})
					.passthrough(),
			)
			.optional(),
		example: z.unknown().optional(),
	})
	.passthrough();

const templateSchema = z
	.object({
		id: z.coerce.string(),
		name: z.string(),
		language: z.string(),
		status: z.string().default('UNKNOWN'),
		category: z.string().default('UNKNOWN'),
		parameter_format: z.string().optional(),
		components: z.array(componentSchema).default([]),
		quality_score: z.object({ score: z.string().optional() }).passthrough().optional(),
		rejected_reason: z.string().optional(),
	})
	.passthrough();

/** A message template as Meta describes it. */
export type MessageTemplate = z.output<typeof templateSchema>;

const FIELDS = 'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';

export interface TemplateQuery {
	readonly businessAccountId?: string;
	readonly name?: string;
	readonly status?: string;
	readonly language?: string;
	readonly category?: string;
	readonly limit?: number;
	readonly after?: string;
}

/** Templates of an account, a page at a time. @throws RequestFailure */
export async function listTemplates(graph: Graph, query: TemplateQuery = {}): Promise<Page<MessageTemplate>> {
	const { data, paging } = await graph.http.request({
		method: 'GET',
		path: templatesPath(graph, query.businessAccountId),
		query: {
			fields: FIELDS,
			limit: query.limit ?? 100,
			after: query.after,
			name: query.name,
			status: query.status,
			language: query.language,
			category: query.category,
		},
		answer: z.object({ data: z.array(templateSchema), paging: pagingSchema }),
		idempotent: true,
		timeout: 'read',
		purpose: 'List templates',
	});
	return { rows: data, nextCursor: nextCursorOf(paging) };
}

/** One template by its id. @throws RequestFailure */
export async function getTemplate(graph: Graph, templateId: string): Promise<MessageTemplate> {
	return await graph.http.request({
		method: 'GET',
		path: `/${encodeURIComponent(templateId)}`,
		query: { fields: FIELDS },
		answer: templateSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Get template',
	});
}

export interface TemplateDraft {
	readonly businessAccountId?: string;
	/** Lower-case letters, digits and underscores. */
	readonly name: string;
	readonly languageCode: string;
	readonly category: TemplateCategory;
	/** Meta's `components` array. */
	readonly components: readonly unknown[];
	readonly parameterFormat?: 'POSITIONAL' | 'NAMED';
	readonly allowCategoryChange?: boolean;
}

export interface CreatedTemplate {
	readonly id: string;
	readonly status?: string;
	readonly category?: string;
}

/** The body of the request that creates a template. @throws InvalidInput for a name that Meta refuses. */
export function templateDraftBody(draft: TemplateDraft): Readonly<Record<string, unknown>> {
	if (!/^[a-z0-9_]+$/.test(draft.name) || draft.name.length > LIMITS.templateName) {
		throw new InvalidInput({
			message: `'Name' is not a template name: '${draft.name}'`,
			description: `Use lower-case letters, digits and underscores, ${LIMITS.templateName} at most, for example order_update.`,
			parameter: 'Name',
		});
	}
	return {
		name: draft.name,
		language: draft.languageCode,
		category: draft.category,
		components: draft.components,
		...(draft.parameterFormat === undefined ? {} : { parameter_format: draft.parameterFormat }),
		...(draft.allowCategoryChange === undefined ? {} : { allow_category_change: draft.allowCategoryChange }),
	};
}

/** Hands a template in for approval. A second one of the same name and language is refused by Meta. @throws RequestFailure */
export async function createTemplate(graph: Graph, draft: TemplateDraft): Promise<CreatedTemplate> {
	return await graph.http.request({
		method: 'POST',
		path: templatesPath(graph, draft.businessAccountId),
		body: templateDraftBody(draft),
		answer: z.object({
			id: z.coerce.string(),
			status: z.string().optional(),
			category: z.string().optional(),
		}),
		idempotent: false,
		timeout: 'send',
		purpose: 'Create template',
	});
}

/** Deletes every language of the name, or only the one of `templateId`. @throws RequestFailure */
export async function deleteTemplate(
	graph: Graph,
	template: { readonly businessAccountId?: string; readonly name: string; readonly templateId?: string },
): Promise<void> {
	await graph.http.request({
		method: 'DELETE',
		path: templatesPath(graph, template.businessAccountId),
		query: { name: template.name, hsm_id: template.templateId },
		answer: z.object({ success: z.literal(true) }),
		idempotent: true,
		timeout: 'send',
		purpose: 'Delete template',
	});
}

function templatesPath(graph: Graph, businessAccountId?: string): string {
	return `/${encodeURIComponent(businessAccountId ?? graph.credential.businessAccountId)}/message_templates`;
}
