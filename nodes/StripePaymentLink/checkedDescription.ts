import { InvalidInput } from '../shared/domain/invalidInput';

/** What is paid for, as the customer reads it in the chat and on the page. @throws InvalidInput */
export function checkedDescription(description: string): string {
	if (description !== '' && description.length <= 250) return description;
	throw new InvalidInput({
		message: description === '' ? "'Description' is empty" : "'Description' is longer than 250 characters",
		description: 'Say in a few words what is paid for: the customer reads it on the page.',
		parameter: 'Description',
	});
}
