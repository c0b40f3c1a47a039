import { randomBytes } from 'node:crypto';

import { eventually } from './waiting';

/** A workflow as its file on disk holds it. */
export interface WorkflowFile {
	readonly name: string;
	readonly nodes: ReadonlyArray<WorkflowNode>;
	readonly connections: Record<string, unknown>;
	readonly settings?: Record<string, unknown>;
	readonly pinData?: Record<string, unknown>;
	readonly meta?: Record<string, unknown>;
}

export interface WorkflowNode {
	readonly id?: string;
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly position: readonly [number, number];
	readonly parameters: Record<string, unknown>;
	readonly webhookId?: string;
	readonly credentials?: Record<string, { readonly id: string | null; readonly name: string }>;
	readonly disabled?: boolean;
}

/** A workflow as n8n keeps it: with ids, webhook ids and credentials filled in. */
export interface SavedWorkflow extends WorkflowFile {
	readonly id: string;
	readonly versionId: string;
	readonly active: boolean;
}

export interface CredentialFile {
	readonly name: string;
	readonly type: string;
	readonly data: Record<string, unknown>;
}

export interface ExecutionSummary {
	readonly id: string;
	readonly workflowId: string;
	readonly status: string;
	readonly mode: string;
	readonly startedAt: string;
	readonly stoppedAt?: string | null;
}

export interface Login {
	readonly email: string;
	readonly password: string;
}

/** The calls that n8n's own editor makes, as the instance's owner. */
export interface N8nApi {
	/** Makes the credential, or fills the one of that type and name anew. */
	saveCredential(credential: CredentialFile): Promise<void>;
	/** Saves a workflow as "Import from file" does: n8n fills webhook ids, and credentials by name. */
	importWorkflow(workflow: WorkflowFile): Promise<SavedWorkflow>;
	workflow(id: string): Promise<SavedWorkflow>;
	/** The workflow of that name, if there is one. */
	workflowNamed(name: string): Promise<SavedWorkflow | undefined>;
	/** Publishes and waits until every trigger is registered; says which one is not. */
	publish(id: string): Promise<void>;
	unpublish(id: string): Promise<void>;
	/** Presses "Execute workflow" at one trigger and waits for the end. */
	runByHand(id: string, trigger: string): Promise<ExecutionSummary>;
	executions(filter?: { readonly workflowId?: string; readonly status?: string }): Promise<readonly ExecutionSummary[]>;
	/** Everything n8n kept of one execution, in n8n's own flattened form. */
	executionData(id: string): Promise<string>;
	/** Any other call of the editor, e.g. `request('GET', '/credentials')`. */
	request<T>(method: string, path: string, body?: unknown): Promise<T>;
}

interface PublicationStatus {
	readonly status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	readonly triggers: ReadonlyArray<{
		readonly nodeId: string;
		readonly status: string;
		readonly errorMessage: string | null;
	}>;
}

/** Signs in as the owner. */
export async function signIn(url: string, { email, password }: Login): Promise<N8nApi> {
	// n8n binds the session to a browser id that the editor makes up once and repeats.
	const browserId = randomBytes(16).toString('hex');
	const answer = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'browser-id': browserId },
		body: JSON.stringify({ emailOrLdapLoginId: email, password }),
	});
	if (!answer.ok) throw new Error(`n8n refused the login of its owner: ${answer.status} ${await answer.text()}`);
	const cookie = answer.headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ');

	const request = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} /rest${path} answered ${response.status}: ${text.slice(0, 1_000)}`);
		const parsed = text === '' ? undefined : (JSON.parse(text) as { data?: unknown });
		return (parsed !== undefined && 'data' in parsed ? parsed.data : parsed) as T;
	};

	const workflow = (id: string): Promise<SavedWorkflow> => request('GET', `/workflows/${id}`);
	return {
		request,
		workflow,
		saveCredential: async (credential) => {
			const present = await request<ReadonlyArray<CredentialFile & { id: string }>>('GET', '/credentials');
			const same = present.find(({ name, type }) => name === credential.name && type === credential.type);
			await (same === undefined
				? request('POST', '/credentials', credential)
				: request('PATCH', `/credentials/${same.id}`, credential));
		},
		workflowNamed: async (name) => {
			const filter = encodeURIComponent(JSON.stringify({ query: name }));
			const found = await request<ReadonlyArray<{ id: string; name: string }>>('GET', `/workflows?filter=${filter}`);
			const same = found.find((one) => one.name === name);
			return same === undefined ? undefined : workflow(same.id);
		},
		importWorkflow: ({ name, nodes, connections, settings, pinData, meta }) =>
			request('POST', '/workflows', {
				name,
				nodes,
				connections,
				settings: settings ?? {},
				pinData: pinData ?? {},
				meta: meta ?? {},
			}),
		publish: async (id) => {
			const { versionId } = await workflow(id);
			await request('POST', `/workflows/${id}/activate`, { versionId });
			await eventually(`n8n to publish the workflow ${id}`, async () => {
				const { status, triggers } = await request<PublicationStatus>('GET', `/workflows/${id}/publication-status`);
				if (status === 'published') return true;
				if (status === 'in_progress' || status === 'not_published') return false;
				throw new Error(triggers.map(({ nodeId, errorMessage }) => `${nodeId}: ${errorMessage}`).join('; '));
			});
		},
		unpublish: async (id) => {
			await request('POST', `/workflows/${id}/deactivate`, {});
		},
		runByHand: async (id, trigger) => {
			const { executionId } = await request<{ executionId: string }>('POST', `/workflows/${id}/run`, {
				triggerToStartFrom: { name: trigger },
			});
			return eventually(
				`the run of workflow ${id} by hand`,
				async () => {
					const execution = await request<ExecutionSummary>('GET', `/executions/${executionId}`);
					return ['new', 'running', 'waiting'].includes(execution.status) ? undefined : execution;
				},
				{ every: 100 },
			);
		},
		executions: async (filter = {}) => {
			const answer = await request<{ results: readonly ExecutionSummary[] }>(
				'GET',
				`/executions?limit=100&filter=${encodeURIComponent(JSON.stringify(filter.status === undefined ? filter : { ...filter, status: [filter.status] }))}`,
			);
			return answer.results;
		},
		executionData: async (id) => (await request<{ data: string }>('GET', `/executions/${id}`)).data,
	};
}
