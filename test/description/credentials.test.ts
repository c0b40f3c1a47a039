import { CREDENTIAL_RULES } from '../support/description/credentialRules';
import { registeredCredentials } from '../support/description/described';

describe('every registered credential', () => {
	const credentials = registeredCredentials();

	test.each(CREDENTIAL_RULES.map(({ rule, findings }) => [rule, findings] as const))('U: %s', (_rule, findings) => {
		const broken = credentials.flatMap((described) =>
			findings(described).map((finding) => `${described.credential.displayName}: ${finding}`),
		);

		expect(broken).toEqual([]);
	});
});
