import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One line of what a model is asked, as OpenAI's interface of chats has it. */
export interface ModelLine {
	readonly role: string;
	readonly content: string | null;
	readonly tool_call_id?: string;
}

export interface AskedOfModel {
	readonly messages: readonly ModelLine[];
	readonly tools: readonly string[];
}

/** What the model does next: it says something, calls tools, refuses to work, or never answers. */
export type ModelAct =
	| { readonly say: string }
	| { readonly call: ReadonlyArray<{ readonly tool: string; readonly with: Readonly<Record<string, unknown>> }> }
	| { readonly status: number }
	| { readonly hang: true };

/** Decides by all that was asked so far in this turn; the last line is the newest. */
export type ModelScript = (asked: AskedOfModel) => ModelAct;

/** A chat model that plays a script, spoken to as OpenAI's chat completions on this machine. */
export interface ScriptedModel {
	/** Of the credential of n8n's OpenAI nodes. */
	readonly baseUrl: string;
	readonly asked: readonly AskedOfModel[];
	play(script: ModelScript): void;
	stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
}

const toolNames = (tools: unknown): string[] =>
	(Array.isArray(tools) ? (tools as ReadonlyArray<{ readonly function?: { readonly name?: string } }>) : []).flatMap(
		(tool) => tool.function?.name ?? [],
	);

/** What tools answered since the customer's question, oldest first. */
export const toolAnswers = ({ messages }: AskedOfModel): string[] =>
	messages.filter(({ role }) => role === 'tool').map(({ content }) => content ?? '');

/** What the customer asked: the end of what the template hands over. */
export const questionOf = ({ messages }: AskedOfModel): string =>
	messages
		.findLast(({ role }) => role === 'user')
		?.content?.split('Pregunta del cliente:')
		.at(-1)
		?.trim() ?? '';

export async function startScriptedModel(script: ModelScript): Promise<ScriptedModel> {
	let current = script;
	const asked: AskedOfModel[] = [];
	const hanging = new Set<ServerResponse>();
	let calls = 0;

	function answer(act: ModelAct, response: ServerResponse): void {
		if ('hang' in act) {
			hanging.add(response);
			return;
		}
		if ('status' in act) {
			const error = { error: { message: 'The model is overloaded', type: 'server_error' } };
			response.writeHead(act.status, { 'content-type': 'application/json' }).end(JSON.stringify(error));
			return;
		}
		const message =
			'say' in act
				? { role: 'assistant', content: act.say }
				: {
						role: 'assistant',
						content: null,
						tool_calls: act.call.map(({ tool, with: input }) => ({
							id: `call_${(calls += 1)}`,
							type: 'function',
							function: { name: tool, arguments: JSON.stringify(input) },
						})),
					};
		const completion = {
			id: `chatcmpl-${asked.length}`,
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: 'say' in act ? 'stop' : 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
	}

	const server = createServer((request, response) => {
		bodyOf(request).then(
			(body) => {
				// n8n asks for the list of models when a credential is tested.
				if (!String(request.url).endsWith('/chat/completions')) {
					response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}');
					return;
				}
				const one = { messages: body.messages as readonly ModelLine[], tools: toolNames(body.tools) };
				asked.push(one);
				answer(current(one), response);
			},
			() => response.writeHead(400).end(),
		);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		asked,
		play: (next) => {
			current = next;
		},
		stop: async () => {
			for (const response of hanging) response.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}
