import { z } from 'zod';

import { addDecimals, millionthOf, multiplyDecimal } from '../inbox/decimals';
import type { BusinessProfile } from '../profile/businessProfile';

/** Why a connected model was asked. */
export type ModelPurpose = 'classify' | 'knowledge' | 'lead';

/** What one answer of a model is billed by. */
export interface ModelUsage {
	/** As its provider calls it; empty where the answer does not say. */
	readonly model: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
	/** Whether the tokens are our own guess, because the answer does not count them. */
	readonly estimated: boolean;
}

const tokens = z.number().int().min(0).max(100_000_000);
const nothing = undefined;

/** Every provider's way of counting, as LangChain hands it on: its own, OpenAI's old one, and the providers' raw ones. */
const counted = z.union([
	z
		.object({ input_tokens: tokens, output_tokens: tokens })
		.transform((said) => [said.input_tokens, said.output_tokens] as const),
	z
		.object({ promptTokens: tokens, completionTokens: tokens })
		.transform((said) => [said.promptTokens, said.completionTokens] as const),
	z
		.object({ prompt_tokens: tokens, completion_tokens: tokens })
		.transform((said) => [said.prompt_tokens, said.completion_tokens] as const),
]);

const metadata = z
	.object({
		model_name: z.string(),
		model: z.string(),
		modelName: z.string(),
		tokenUsage: z.unknown(),
		usage: z.unknown(),
	})
	.partial();

const replySchema = z.object({ usage_metadata: z.unknown(), response_metadata: z.unknown(), content: z.unknown() });

/** Characters of a token, of the languages that customers write in. */
const CHARACTERS_OF_A_TOKEN = 4;
const LONGEST_NAME = 100;

const guessed = (characters: number): number => Math.ceil(characters / CHARACTERS_OF_A_TOKEN);

function lengthOf(content: unknown): number {
	if (typeof content === 'string') return content.length;
	return content === undefined || content === null ? 0 : (JSON.stringify(content)?.length ?? 0);
}

/** What an answer says of its own cost; guessed from the length of what was asked and answered where it says nothing. */
export function usageOf(asked: readonly string[], reply: unknown): ModelUsage {
	const said = replySchema.safeParse(reply);
	const about = said.success ? metadata.safeParse(said.data.response_metadata) : nothing;
	const known = about?.success ? about.data : {};
	const model = (known.model_name ?? known.model ?? known.modelName ?? '').slice(0, LONGEST_NAME);
	const places = [said.success ? said.data.usage_metadata : nothing, known.tokenUsage, known.usage];
	for (const place of places) {
		const found = counted.safeParse(place);
		// An answer that was read and written costs something: zeros are what a model says that does not count.
		if (found.success && found.data[0] + found.data[1] > 0)
			return { model, inputTokens: found.data[0], outputTokens: found.data[1], estimated: false };
	}
	return {
		model,
		inputTokens: guessed(asked.reduce((sum, text) => sum + text.length, 0)),
		outputTokens: guessed(lengthOf(said.success && said.data.content !== undefined ? said.data.content : reply)),
		estimated: true,
	};
}

type ModelPrice = BusinessProfile['costs']['models'][number];

/** What a model costs: the longest name in the list that its own begins with; undefined where nobody entered a price. */
export function priceOfModel(model: string, prices: readonly ModelPrice[]): ModelPrice | undefined {
	const name = model.toLowerCase();
	return prices
		.filter((price) => name.startsWith(price.model.toLowerCase()))
		.reduce<
			ModelPrice | undefined
		>((best, price) => (best === undefined || price.model.length > best.model.length ? price : best), undefined);
}

/** The exact price of tokens, as a decimal. */
export const priceOfTokens = (price: ModelPrice, used: Pick<ModelUsage, 'inputTokens' | 'outputTokens'>): string =>
	millionthOf(
		addDecimals(multiplyDecimal(price.input, used.inputTokens), multiplyDecimal(price.output, used.outputTokens)),
	);
