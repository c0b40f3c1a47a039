import { NodeConnectionTypes, type ExpressionString } from 'n8n-workflow';

import type { BotOutput } from '../shared/usecases/dialogue/stepWriter';

/** In the order of the canvas. n8n keeps wires by index: never change it, only add at the end. */
export const OUTPUTS: readonly BotOutput[] = ['reply', 'case', 'handoff', 'closed', 'attachment'];

export const OUTPUT_NAMES = ['Reply', 'Case', 'Handoff', 'Closed', 'Attachment'];

const fixed = OUTPUT_NAMES.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName }));

/**
 * The fixed outputs, then one for each own branch. Depends on the node's panel only, never on data: the wires of a saved
 * workflow stay where they are.
 */
export const OUTPUTS_EXPRESSION: ExpressionString = `={{ ${JSON.stringify(fixed)}.concat((($parameter["ownBranches"] || {}).branch || []).map((branch, place) => ({ type: "main", displayName: branch.name || "Branch " + (place + 1) }))) }}`;
