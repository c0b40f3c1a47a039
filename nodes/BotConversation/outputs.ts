import type { BotOutput } from '../shared/usecases/takeTurns';

/** In the order of the canvas. n8n keeps wires by index: never change it, only add at the end. */
export const OUTPUTS: readonly BotOutput[] = ['reply', 'case', 'handoff', 'closed', 'attachment'];

export const OUTPUT_NAMES = ['Reply', 'Case', 'Handoff', 'Closed', 'Attachment'];
