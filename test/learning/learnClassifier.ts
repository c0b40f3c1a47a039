import { writeFileSync } from 'node:fs';
import path from 'node:path';

import tuning from '../fixtures/classifierTuning.json';
import { evaluation } from '../support/labelledMessages';
import { examplesOf } from './examples';
import { learnWeights } from './learnWeights';

/**
 * Learns the classifier's weights anew from all labelled messages and writes them where the classifier reads them:
 * `npx tsx test/learning/learnClassifier.ts`, after the vocabulary, the signs or the messages changed.
 */
const file = path.join(__dirname, '../../nodes/shared/domain/classifier/learnedWeights.json');
const examples = [...examplesOf(tuning), ...examplesOf(evaluation)];
const { scale, bias, signs } = learnWeights(examples);
const lines = Object.entries(signs).map(([sign, weights]) => `\t\t${JSON.stringify(sign)}: [${weights.join(', ')}]`);
writeFileSync(
	file,
	`{\n\t"scale": ${scale},\n\t"bias": [${bias.join(', ')}],\n\t"signs": {\n${lines.join(',\n')}\n\t}\n}\n`,
);
process.stdout.write(`${lines.length} signs learned from ${examples.length} messages\n`);
