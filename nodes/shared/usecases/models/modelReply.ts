import { z, type ZodType, type ZodTypeDef } from 'zod';

/** A line of a chat with a language model. */
export interface ModelLine {
	readonly role: 'system' | 'user';
	readonly content: string;
}

/** Asks a connected language model; what it answers is text, or anything that is not trusted. */
export type ModelCall = (lines: readonly ModelLine[]) => Promise<unknown>;

/** Somebody waits: after this the rules' own answer stands, ms. */
export const MODEL_PATIENCE = 4_000;

/** What a LangChain chat model of n8n answers: text, or parts of it. */
const contentSchema = z.union([
	z.string(),
	z
		.array(z.union([z.string(), z.object({ text: z.string() }).passthrough()]))
		.transform((parts) => parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')),
]);
const replySchema = z.union([
	contentSchema,
	z
		.object({ content: contentSchema })
		.passthrough()
		.transform(({ content }) => content),
]);

/** The JSON of a model's answer when it is exactly what was asked for; undefined for anything else. */
export function readModelJson<Answer>(
	reply: unknown,
	schema: ZodType<Answer, ZodTypeDef, unknown>,
): Answer | undefined {
	const text = replySchema.safeParse(reply);
	if (!text.success) return undefined;
	const json = text.data
		.trim()
		.replace(/^```(?:json)?\s*/i, '')
		.replace(/\s*```$/, '');
	try {
		return schema.safeParse(JSON.parse(json)).data;
	} catch {
		return undefined;
	}
}

/** A model's answer, or undefined when it is late or fails: then the rules stand. */
export async function replyWithin(call: Promise<unknown>, patience: number): Promise<unknown> {
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), patience);
	});
	try {
		return await Promise.race([call.catch(() => undefined), tooLate]);
	} finally {
		clearTimeout(timer);
	}
}
