import type { RegexEngine } from 'n8n-workflow';

// As n8n does where there is no node:vm.
const compiled = (pattern: string, flags = ''): RegExp => new RegExp(pattern, flags);

/**
 * n8n gives a regular expression a quarter of a second by the clock on the wall, to protect itself from strangers'
 * patterns. A busy machine uses that up before it begins; the patterns here are our own.
 */
export const patientRegularExpressions: RegexEngine = {
	exec: (pattern, input, flags) => compiled(pattern, flags).exec(input),
	test: (pattern, input, flags) => compiled(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) => input.replace(compiled(pattern, flags), replacement),
	matchAll: (pattern, input, flags = '') => [
		...input.matchAll(compiled(pattern, flags.includes('g') ? flags : `${flags}g`)),
	],
	split: (pattern, input, flags) => input.split(compiled(pattern, flags)),
};
