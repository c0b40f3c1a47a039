import { NodeConnectionTypes, type ExpressionString } from 'n8n-workflow';

import { INTENTS, type Intent } from '../shared/domain/classifier/types';

const NAMES: Readonly<Record<Intent, string>> = {
	quotation: 'Quotation',
	order_status: 'Order Status',
	support: 'Support',
	documents: 'Documents',
	billing: 'Billing',
	human: 'Human',
	greeting: 'Greeting',
	thanks: 'Thanks',
	opt_out: 'Opt Out',
	unknown: 'Unknown',
};

/** Outputs of the mode "Output per Intent", in the order of INTENTS. n8n keeps wires by index: never change it. */
const perIntent = INTENTS.map((intent) => ({ type: NodeConnectionTypes.Main, displayName: NAMES[intent] }));

/**
 * Depends on a choice of the panel only, never on data: the wires of a saved workflow stay where they are. The one node
 * of the package whose outputs are computed; it is not on the path of the shipped bot.
 */
export const OUTPUTS_EXPRESSION: ExpressionString = `={{ $parameter["outputMode"] === "perIntent" ? ${JSON.stringify(perIntent)} : ["main"] }}`;
