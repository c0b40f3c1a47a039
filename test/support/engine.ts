/** n8n's real execution engine inside a test: workflows, single nodes, webhooks, triggers and lists. */
export type { CredentialsOfTheTest } from './engine/credentials';
export type { NodeClass } from './engine/nodeTypes';
export { readBinary } from './engine/surroundings';
export type { NodeOfTheTest, WorkflowOfTheTest } from './engine/surroundings';
export { loadOptions, searchList, startTrigger } from './engine/triggerRun';
export type { Emission, RunningTrigger, TriggerOfTheTest } from './engine/triggerRun';
export { callWebhook, callWebhookMethod } from './engine/webhookCall';
export type { WebhookAnswer, WebhookCall } from './engine/webhookCall';
export { serveWebhooks } from './engine/webhookServer';
export type { ServedWebhooks } from './engine/webhookServer';
export { pressNode, runWorkflow } from './engine/workflowRun';
export type { PressedNode, PressOutcome, RunOfTheTest, RunOutcome } from './engine/workflowRun';
