import { allFields, choicesOf, iconFindings } from './described';
import type { DescribedCredential } from './described';
import type { Rule } from './nodeRules';
import { hasWrongFinalPeriod, isTitleCase, miscasedAbbreviation, outOfOrder, startsWithCapital } from './words';

const isSecret = (name: string): boolean => /token|secret|password|(api|private|encryption)key/i.test(name);

export const CREDENTIAL_RULES: ReadonlyArray<Rule<DescribedCredential>> = [
	{
		rule: 'names end as n8n wants: …Api and … API',
		findings: ({ credential: { name, displayName } }) => [
			...(/^[a-z]\w*Api$/.test(name) ? [] : [`the name ${name} does not end with Api`]),
			...(displayName.endsWith(' API') ? [] : [`the display name ${displayName} does not end with API`]),
		],
	},
	{
		rule: 'a person can test it: by a request or by a node',
		findings: ({ credential, nodes }) => {
			const tested = nodes.some((node) =>
				(node.description.credentials ?? []).some(
					({ name, testedBy }) =>
						name === credential.name &&
						(typeof testedBy === 'object' || (testedBy && node.methods?.credentialTest?.[testedBy])),
				),
			);
			return credential.test || tested ? [] : ['has no test'];
		},
	},
	{
		rule: 'says where to get it: documentation',
		findings: ({ credential }) =>
			credential.documentationUrl?.startsWith('https://') ? [] : ['has no documentationUrl (https)'],
	},
	{
		rule: 'icons exist for light and dark, and are square',
		findings: ({ credential, folder }) => iconFindings(credential.icon, folder),
	},
	{
		rule: 'secrets are typed blind and have no default',
		findings: ({ credential }) =>
			allFields(credential.properties)
				.filter(({ name, type }) => type === 'string' && isSecret(name))
				.flatMap(({ displayName, typeOptions, default: value }) => [
					...(typeOptions?.password === true ? [] : [`'${displayName}' can be read over the shoulder`]),
					...(value === '' ? [] : [`'${displayName}' has a default`]),
				]),
	},
	{
		rule: 'fields read like those of a node',
		findings: ({ credential }) =>
			allFields(credential.properties).flatMap(({ type, displayName, description = '', placeholder, ...field }) => {
				const choices = choicesOf({ type, displayName, ...field }).map(({ name }) => name);
				return [
					...[displayName, ...choices]
						.filter((name) => !isTitleCase(name) || miscasedAbbreviation(name))
						.map((name) => `"${name}" is not in Title Case`),
					...(type === 'boolean' && !description.startsWith('Whether ')
						? [`'${displayName}' does not say Whether`]
						: []),
					...(placeholder && !placeholder.startsWith('e.g. ')
						? [`the placeholder "${placeholder}" is no example`]
						: []),
					...(!startsWithCapital(description) || hasWrongFinalPeriod(description)
						? [`description "${description}"`]
						: []),
					...(outOfOrder(choices) ? [`the choices of '${displayName}' are not alphabetical`] : []),
				];
			}),
	},
	{
		rule: 'some node uses it',
		findings: ({ nodes }) => (nodes.length > 0 ? [] : ['is used by no node']),
	},
];
