import type { KnowledgeFinding } from '../knowledge/knowledge';
import type { Turn } from './turn';
import type { TextPart } from './types';

/** Kept only as long as somebody may still read it with the confirmation. */
export const MOST_ANSWERS = 3;

/**
 * Whether a message is answered by a finding and nothing of it is left: it is no answer to the question that waits, and no
 * request. A question that nothing answers counts only where no request is under way: there it may describe the request.
 */
export function isWholeAnswer(turn: Turn, finding: KnowledgeFinding | undefined): finding is KnowledgeFinding {
	if (finding === undefined || !finding.complete) return false;
	if (finding.kind === 'several') return isAboutEntries(finding);
	return finding.kind === 'answer' || (finding.kind === 'none' && turn.option === undefined);
}

/** Several questions that are answered may be meant, as opposed to several things of the catalogue. */
export const isAboutEntries = ({ kind, sources }: KnowledgeFinding): boolean =>
	kind === 'several' && sources.every((source) => source.kind === 'entry');

/** What is to be said from the knowledge, each sentence once; remembers for "¿Por qué?" where it comes from. */
export function takeAnswers(turn: Turn): TextPart[] {
	const findings = turn.findings.splice(0);
	const parts = new Map<string, TextPart>();
	for (const finding of findings) {
		if (finding.kind === 'several') continue;
		for (const part of finding.parts) parts.set(JSON.stringify(part), part);
		explain(turn, finding);
	}
	return [...parts.values()].slice(0, MOST_ANSWERS);
}

/** Says in the turn's explanation which entry answered, and who chose it. */
export function explain(turn: Turn, { kind, sources, by }: KnowledgeFinding): void {
	const titles = sources.map(({ title }) => `“${title}”`).join(', ');
	if (kind === 'none') turn.understood.push('a question that the knowledge does not answer');
	else turn.understood.push(kind === 'several' ? `may mean ${titles}` : `answered from the knowledge: ${titles}`);
	if (kind !== 'none') turn.rules.push(`knowledge (${by}): ${titles}`);
}
