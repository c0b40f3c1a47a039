import type { Concept } from './vocabulary';

/** The intents that are a need; greeting and thanks only count when there is none. */
export const NEEDS = ['quotation', 'order_status', 'support', 'documents', 'billing', 'human', 'opt_out'] as const;
export type Need = (typeof NEEDS)[number];

/** What a concept says by itself. 3 and more decides alone. */
export const CONCEPT_WEIGHTS: Readonly<Partial<Record<Concept, readonly [Need, number]>>> = {
	quote: ['quotation', 4],
	price: ['quotation', 3],
	buy: ['quotation', 3],
	available: ['quotation', 1.5],
	catalogue: ['quotation', 4],
	advice: ['quotation', 2.5],
	saleTerms: ['quotation', 4],
	ifBought: ['quotation', 4],
	topic: ['quotation', 1],
	product: ['quotation', 1],
	order: ['order_status', 2.5],
	placedOrder: ['order_status', 4],
	tracking: ['order_status', 3],
	dispatch: ['order_status', 4],
	maintenance: ['support', 2.5],
	howToDo: ['support', 1.5],
	where: ['order_status', 2],
	notArrived: ['order_status', 2.5],
	orderChange: ['order_status', 4],
	fault: ['support', 4],
	trouble: ['support', 2],
	howTo: ['support', 3],
	supportWord: ['support', 3],
	repair: ['support', 3.5],
	review: ['support', 2],
	help: ['support', 1],
	document: ['documents', 4],
	invoice: ['billing', 4],
	pay: ['billing', 3.5],
	refund: ['billing', 5],
	tax: ['billing', 2],
	person: ['human', 3],
	optOut: ['opt_out', 8],
	dontSend: ['opt_out', 8],
};

/** Concepts that are also another, weaker one in the combinations. */
export const IMPLIED: Readonly<Partial<Record<Concept, Concept>>> = {
	notArrived: 'where',
	ifBought: 'saleTerms',
	refund: 'pay',
	dispatch: 'where',
	placedOrder: 'order',
	tracking: 'order',
};

/** Whoever asks for something does not report a fault. */
const ASKING: readonly Concept[] = [
	'want',
	'quote',
	'price',
	'buy',
	'available',
	'advice',
	'saleTerms',
	'catalogue',
	'topic',
	'question',
	'order',
	'where',
	'orderChange',
	'invoice',
	'document',
	'pay',
	'person',
];

/**
 * What a rule can look for: a concept, a number of things, a product that the customer has ("mi impresora"), or one that is
 * spoken of as known ("la impresora"), or a thing that the vocabulary does not know ("una grapadora").
 */
export type Sign = Concept | 'number' | 'ownProduct' | 'knownProduct' | 'something';

/** Concepts that mean something else together than each alone. A weight below zero speaks against the intent. */
export interface Combination {
	readonly name: string;
	readonly all: readonly Sign[];
	readonly none?: readonly Sign[];
	readonly intent: Need;
	readonly weight: number;
}

export const COMBINATIONS: readonly Combination[] = [
	{
		name: 'a question about a product',
		all: ['question', 'product'],
		none: ['ownProduct', 'fault', 'order', 'invoice', 'document', 'repair', 'pay', 'supportWord'],
		intent: 'quotation',
		weight: 1.5,
	},
	{
		name: 'goods of another trade',
		all: ['otherGoods'],
		none: ['product', 'itThing', 'catalogue'],
		intent: 'quotation',
		weight: -6,
	},
	{ name: 'a thing not to be sent', all: ['dontSend', 'product'], none: ['catalogue'], intent: 'opt_out', weight: -8 },
	{
		name: 'a thing not to be sent',
		all: ['dontSend', 'product'],
		none: ['catalogue'],
		intent: 'order_status',
		weight: 4,
	},
	{ name: 'an order not to be sent', all: ['dontSend', 'order'], none: ['catalogue'], intent: 'opt_out', weight: -8 },
	{
		name: 'an order not to be sent',
		all: ['dontSend', 'order'],
		none: ['catalogue'],
		intent: 'order_status',
		weight: 4,
	},
	{
		name: 'tracking that shows nothing',
		all: ['tracking', 'fault'],
		none: ['product'],
		intent: 'order_status',
		weight: 8,
	},
	{
		name: 'an order that would be made',
		all: ['ifBought', 'order'],
		none: ['placedOrder'],
		intent: 'quotation',
		weight: 3,
	},
	{
		name: 'invoice of what would be bought',
		all: ['ifBought', 'invoice'],
		none: ['placedOrder'],
		intent: 'quotation',
		weight: 3,
	},
	{ name: 'news of a repair that was quoted', all: ['quote', 'repair', 'where'], intent: 'support', weight: 4 },
	{ name: 'terms of an order that exists', all: ['placedOrder', 'saleTerms'], intent: 'order_status', weight: 2 },
	{
		name: 'a fault at one of the places',
		all: ['fault', 'saleTerms'],
		none: ['price', 'quote', 'buy', 'available', 'advice'],
		intent: 'support',
		weight: 2,
	},
	{
		name: 'an order to come by a certain time',
		all: ['order', 'orderChange'],
		none: ['invoice', 'document', 'fault', 'refund'],
		intent: 'order_status',
		weight: 1,
	},
	{
		name: 'terms of an invoice',
		all: ['invoice', 'saleTerms'],
		none: ['available', 'buy', 'price', 'quote'],
		intent: 'billing',
		weight: 1.5,
	},
	{
		name: 'something bought that does not do its work',
		all: ['order', 'product', 'negative'],
		none: ['where', 'invoice', 'document', 'pay', 'orderChange', 'want', 'quote', 'price', 'fault'],
		intent: 'support',
		weight: 4,
	},
	{
		name: 'something that is wanted',
		all: ['want', 'something'],
		none: [
			...ASKING.filter((concept) => concept !== 'want'),
			'fault',
			'repair',
			'supportWord',
			'help',
			'trouble',
			'review',
			'howTo',
		],
		intent: 'quotation',
		weight: 2,
	},
	{
		name: 'a product to be looked at',
		all: ['review', 'product'],
		none: ['quote', 'price', 'buy', 'available', 'order', 'invoice'],
		intent: 'support',
		weight: 3,
	},
	{ name: 'dispatch of what was invoiced', all: ['dispatch', 'invoice'], intent: 'order_status', weight: 3 },
	{ name: 'dispatch of what was paid', all: ['dispatch', 'pay'], intent: 'order_status', weight: 2 },
	{
		name: 'maintenance on offer',
		all: ['maintenance', 'available'],
		none: ['fault'],
		intent: 'quotation',
		weight: 2.5,
	},
	{
		name: 'dispatch of an invoice that was paid',
		all: ['dispatch', 'pay', 'invoice'],
		intent: 'order_status',
		weight: 4,
	},
	{ name: 'money back for an order', all: ['refund', 'order'], intent: 'billing', weight: 2.5 },
	{
		name: 'price of things that are to be invoiced',
		all: ['price', 'product', 'number', 'invoice'],
		none: ['placedOrder', 'notArrived', 'trouble', 'pay', 'fault'],
		intent: 'quotation',
		weight: 5,
	},
	{ name: 'maintenance to be quoted', all: ['maintenance', 'quote'], intent: 'quotation', weight: 2 },
	{
		name: 'a signal that does not come',
		all: ['itThing', 'notArrived'],
		none: ['order', 'invoice', 'document', 'quote', 'pay', 'product'],
		intent: 'support',
		weight: 4,
	},
	{ name: 'a product of one’s own', all: ['ownProduct'], none: [...ASKING, 'fault'], intent: 'support', weight: 2.5 },
	{
		name: 'what a known product does',
		all: ['knownProduct', 'statement'],
		none: [...ASKING, 'ownProduct', 'fault'],
		intent: 'support',
		weight: 2.5,
	},
	{
		name: 'help with a product of one’s own',
		all: ['ownProduct', 'help'],
		none: ['quote', 'price', 'buy', 'available', 'advice', 'order', 'invoice'],
		intent: 'support',
		weight: 2,
	},
	{
		name: 'a number of them',
		all: ['want', 'number'],
		none: ASKING.filter((concept) => concept !== 'want'),
		intent: 'quotation',
		weight: 1.5,
	},
	{ name: 'this bot is of no use', all: ['botThing', 'fault'], intent: 'human', weight: 4 },
	{ name: 'this bot is of no use', all: ['botThing', 'fault'], intent: 'support', weight: -4 },
	{ name: 'order that arrived damaged', all: ['order', 'fault'], intent: 'support', weight: 3 },
	{ name: 'return of something damaged', all: ['orderChange', 'fault'], intent: 'support', weight: 3 },
	{ name: 'arrived and does not work', all: ['where', 'fault'], none: ['order'], intent: 'support', weight: 1 },
	{ name: 'how to use what was bought', all: ['order', 'howTo'], intent: 'support', weight: 2 },
	{ name: 'warranty of what was bought', all: ['order', 'repair'], intent: 'support', weight: 2 },
	{ name: 'price of a repair', all: ['price', 'repair'], none: ['buy', 'quote'], intent: 'support', weight: 3 },
	{ name: 'status of a repair', all: ['where', 'repair'], intent: 'support', weight: 3 },
	{
		name: 'something brought to be repaired',
		all: ['buy', 'repair', 'product'],
		none: ['price', 'quote', 'available', 'advice', 'saleTerms'],
		intent: 'support',
		weight: 2.5,
	},
	{ name: 'quotation of a maintenance', all: ['quote', 'repair'], intent: 'quotation', weight: 2 },
	{ name: 'following up a quotation', all: ['quote', 'where'], intent: 'quotation', weight: 2 },
	{ name: 'new one for a broken one', all: ['buy', 'fault'], intent: 'quotation', weight: 3 },
	{ name: 'quotation because of a fault', all: ['quote', 'fault'], intent: 'quotation', weight: 3 },
	{ name: 'price of a part', all: ['price', 'fault'], none: ['repair'], intent: 'quotation', weight: 2 },
	{ name: 'installation to be sold', all: ['quote', 'howTo'], intent: 'quotation', weight: 2 },
	{ name: 'price of an installation', all: ['price', 'howTo'], intent: 'quotation', weight: 2 },
	{ name: 'something to buy and install', all: ['buy', 'howTo'], intent: 'quotation', weight: 2 },
	{
		name: 'price of a service',
		all: ['price', 'supportWord'],
		none: ['fault', 'repair', 'trouble', 'ownProduct'],
		intent: 'quotation',
		weight: 2,
	},
	{ name: 'price with taxes', all: ['price', 'tax'], intent: 'quotation', weight: 2 },
	{ name: 'invoice of an order', all: ['invoice', 'order'], intent: 'billing', weight: 2.5 },
	{ name: 'invoice that has not come', all: ['invoice', 'where'], intent: 'billing', weight: 2 },
	{ name: 'invoice that is missing', all: ['invoice', 'orderChange'], intent: 'billing', weight: 3 },
	{ name: 'mistake in an invoice', all: ['invoice', 'trouble'], intent: 'billing', weight: 2 },
	{ name: 'invoice that does not open', all: ['invoice', 'fault'], none: ['product'], intent: 'billing', weight: 2 },
	{ name: 'fault of an invoiced product', all: ['invoice', 'fault', 'product'], intent: 'support', weight: 2 },
	{ name: 'document of an order', all: ['document', 'order'], intent: 'documents', weight: 2.5 },
	{
		name: 'document to be got',
		all: ['document', 'buy'],
		none: ['price', 'quote', 'available'],
		intent: 'documents',
		weight: 1.5,
	},
	{ name: 'document that has not come', all: ['document', 'where'], intent: 'documents', weight: 2 },
	{ name: 'document that is missing', all: ['document', 'orderChange'], intent: 'documents', weight: 3 },
	{
		name: 'document that does not open',
		all: ['document', 'fault'],
		none: ['product'],
		intent: 'documents',
		weight: 1,
	},
	{
		name: 'payment of an order',
		all: ['pay', 'order'],
		none: ['where', 'orderChange'],
		intent: 'billing',
		weight: 1.5,
	},
	{
		name: 'paid order that has not come',
		all: ['pay', 'order', 'where'],
		none: ['invoice'],
		intent: 'order_status',
		weight: 1.5,
	},
	{
		name: 'paid and not arrived',
		all: ['pay', 'notArrived'],
		none: ['invoice', 'document', 'refund'],
		intent: 'order_status',
		weight: 2.5,
	},
	{
		name: 'product that does not do something',
		all: ['product', 'negative'],
		none: ASKING,
		intent: 'support',
		weight: 3,
	},
	{ name: 'something that does not work', all: ['itThing', 'negative'], none: ASKING, intent: 'support', weight: 3 },
	{
		name: 'trouble with something',
		all: ['itThing', 'trouble'],
		none: ['invoice', 'pay', 'order'],
		intent: 'support',
		weight: 2,
	},
	{
		name: 'something bought that came',
		all: ['product', 'where'],
		none: ['want', 'quote', 'price', 'buy', 'available', 'advice', 'fault', 'repair', 'notArrived'],
		intent: 'order_status',
		weight: 1,
	},
	{ name: 'payment that is missing', all: ['pay', 'orderChange'], intent: 'billing', weight: 1 },
	{ name: 'payment that does not go through', all: ['pay', 'fault'], none: ['product'], intent: 'billing', weight: 2 },
	{ name: 'trouble with a payment', all: ['pay', 'trouble'], intent: 'billing', weight: 2 },
	{ name: 'payment of a quotation', all: ['pay', 'quote'], none: ['price'], intent: 'billing', weight: 1.5 },
	{ name: 'trouble with an order', all: ['order', 'trouble'], none: ['fault'], intent: 'order_status', weight: 1 },
	{ name: 'news of an order', all: ['order', 'where'], intent: 'order_status', weight: 1 },
	{ name: 'news of an order', all: ['order', 'topic'], intent: 'order_status', weight: 1 },
	{
		name: 'product that is wanted',
		all: ['product', 'want'],
		none: [
			'ownProduct',
			'help',
			'fault',
			'repair',
			'document',
			'invoice',
			'order',
			'where',
			'pay',
			'howTo',
			'supportWord',
			'person',
			'orderChange',
		],
		intent: 'quotation',
		weight: 2.5,
	},
	{
		name: 'product that is on sale',
		all: ['product', 'available'],
		none: ['ownProduct', 'trouble', 'fault', 'repair', 'document', 'invoice', 'order'],
		intent: 'quotation',
		weight: 2,
	},
	{
		name: 'trouble with a product',
		all: ['product', 'trouble'],
		none: ['invoice', 'order', 'pay'],
		intent: 'support',
		weight: 2,
	},
	{
		name: 'help with a product',
		all: ['product', 'help'],
		none: ['quote', 'price', 'buy', 'available', 'advice'],
		intent: 'support',
		weight: 0.5,
	},
];

/** A need that was said and taken back. */
export const NEGATIONS: readonly RegExp[] = [
	/\b(?:no|tampoco|ya no) (?:es|era|seria|son|se trata)(?: (?:por|para|de|una|un|sobre|nada|ningun|ninguna|lo))*\b/g,
	/\b(?:no|tampoco|ya no) (?:lo |la )?(?:quiero|quisiera|necesito|busco|requiero|deseo|vengo|voy|estoy|ocupo|queria|escribo|pido|necesitamos|queremos|preciso|quero)(?: (?:a|por|para|que|una|un|buscando|pidiendo|mas|ya|el|la|de|solicitando|escribiendo|interesado|interesada|en|hacer|ninguna|ningun))*\b/g,
	/\b(?:ya )?no (?:me|nos) interesan?(?: (?:ya|mas|el|la|los|las|en|un|una))*\b/g,
	/\b(?:nada de|en vez de|en lugar de|sin necesidad de|olvida(?:te)? (?:de )?(?:lo de )?|olvidate de)\b/g,
	/\b(?:i don't|i do not|not) (?:want|need|looking for|about|a|for)\b/g,
	/\b(?:nao) (?:e|quero|preciso)(?: (?:de|um|uma|para))*\b/g,
];

/** Set aside by what follows: "el certificado no, la factura", "la factura está bien, el que falla es el equipo". */
export const SET_ASIDE: readonly RegExp[] = [
	/\b(?:esta|estan|llego|llegaron|vino|quedo) (?:muy |todo )?bien\b/g,
	/\bno (?:es|son) (?:el|la) (?:problema|asunto|tema)\b/g,
];

/** From here on the message says what is wanted instead. */
export const CHANGES_OF_MIND: readonly RegExp[] = [
	/\b(?:mejor|mas bien|sino|(?:ah|ay|uy|eh) no|no perdon|perdon (?:no|era|es)|quise decir|me refiero a|corrijo|olvidalo|olvidelo|cambie de opinion|cambie de idea|ahora (?:si )?(?:quiero|necesito)|en realidad|bueno no|ya no|pensandolo bien|rather|instead|actually|na verdade|melhor)\b/g,
];
