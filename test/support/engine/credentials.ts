import { ICredentialsHelper } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	IHttpRequestOptions,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { registeredCredentialClasses } from '../registered';

/** Decrypted data by credential type, as a person would have typed it. */
export type CredentialsOfTheTest = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/** Answers with the data of the test, completed with the defaults of our credential types as n8n completes them. */
export class CredentialsHelperOfTheTest extends ICredentialsHelper {
	constructor(private readonly data: CredentialsOfTheTest) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeNamed(typeName) ?? {};
		if (typeof authenticate === 'function')
			return await authenticate(credentials, requestOptions as IHttpRequestOptions);
		return requestOptions as IHttpRequestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		throw new Error(`Nothing of ours reads the encrypted form of '${type}' (${details.name}).`);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const typed = this.data[type];
		if (!typed) throw new Error(`The test gives no data for the credential '${type}' (${details.name}).`);
		const defaults = this.getCredentialsProperties(type).map(({ name, default: value }) => [name, value] as const);
		return { ...(Object.fromEntries(defaults) as ICredentialDataDecryptedObject), ...typed };
	}

	async updateCredentials(details: INodeCredentialsDetails, type: string): Promise<void> {
		throw new Error(`A node tried to write to the credential '${type}' (${details.name}).`);
	}

	async updateCredentialsOauthTokenData(details: INodeCredentialsDetails, type: string): Promise<void> {
		throw new Error(`A node tried to write a token to the credential '${type}' (${details.name}).`);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeNamed(type)?.properties ?? [];
	}

	private typeNamed(name: string) {
		return registeredCredentialClasses()
			.map((CredentialClass) => new CredentialClass())
			.find((credential) => credential.name === name);
	}
}
