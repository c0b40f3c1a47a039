import { registeredNodes } from '../support/description/described';
import { NODE_RULES, nodeWith, operationsOf } from '../support/description/nodeRules';
import { registeredCredentialClasses } from '../support/registered';

describe('every registered node', () => {
	const nodes = registeredNodes();

	test.each(NODE_RULES.map(({ rule, findings }) => [rule, findings] as const))('U: %s', (_rule, findings) => {
		const broken = nodes.flatMap((described) =>
			findings(described).map((finding) => `${described.node.description.displayName}: ${finding}`),
		);

		expect(broken).toEqual([]);
	});

	test('U: every credential of a node is one of this package, or n8n could not find it', () => {
		const known = registeredCredentialClasses().map((CredentialClass) => new CredentialClass().name);
		const unknown = nodes.flatMap(({ node: { description } }) =>
			(description.credentials ?? [])
				.filter(({ name }) => !known.includes(name))
				.map(({ name }) => `${description.displayName} wants ${name}`),
		);

		expect(unknown).toEqual([]);
	});

	test('U: every operation of every node can be opened in the panel', () => {
		const opened = nodes.flatMap((described) =>
			operationsOf(described).map(({ resource, operation }) =>
				nodeWith(described, { ...(resource ? { resource } : {}), ...(operation ? { operation } : {}) }),
			),
		);

		expect(opened.length).toBeGreaterThanOrEqual(nodes.length);
		for (const { parameters } of opened) expect(parameters).toEqual(expect.any(Object));
	});
});
