import { lookupTable } from '../lookupTable';

/** Values of the profile itself that every sentence may use. */
const PROFILE_VALUES: readonly string[] = [
	'business',
	'slogan',
	'options',
	'first_options',
	'hours',
	'privacy_url',
	'address',
];

/** Values of the moment that a confirmation may use; the advisor only where one was told. */
const CONFIRMATION_VALUES: readonly string[] = ['case_number', 'area', 'advisor'];

/** Values of the moment that the product's single sentences get when they are said. */
const VALUES_OF_TEXTS = lookupTable<readonly string[]>({
	A5: ['case_number'],
	B3: ['case_number'],
	C2: CONFIRMATION_VALUES,
	D3: CONFIRMATION_VALUES,
	E2: CONFIRMATION_VALUES,
	I: CONFIRMATION_VALUES,
	advisor_given_up: CONFIRMATION_VALUES,
	another_need: ['need'],
	area_notified: CONFIRMATION_VALUES,
	knowledge_answer: ['answer'],
	knowledge_available_in: ['branches'],
	knowledge_delivery: ['time'],
	knowledge_link: ['link'],
	knowledge_price: ['product', 'price'],
	knowledge_price_unknown: ['product'],
	knowledge_promotion: ['product', 'price', 'until'],
	knowledge_promotion_before: ['product', 'price', 'until', 'before'],
	knowledge_several: ['list'],
	knowledge_stock: ['pieces'],
	knowledge_stock_in: ['branches'],
	link_sent: ['advisor'],
	order_status: ['case_number', 'status', 'advisor', 'date'],
});

/** The `{values}` that a text may use; any other would stop the bot when it comes to say it. */
export function valuesOfText(key: string, isConfirmation: boolean): readonly string[] {
	const own = VALUES_OF_TEXTS.get(key) ?? [];
	return [...PROFILE_VALUES, ...new Set([...own, ...(isConfirmation ? CONFIRMATION_VALUES : [])])];
}
