import { plain } from '../classifier/normalise';
import type { ChatMessage, PastChat } from './chatMessage';

export interface SideHints {
	/** Names under which the business writes in the export. */
	readonly businessNames?: readonly string[];
	/** The profile's own name. */
	readonly profileName?: string;
}

/** How it was known who the business is; the report says so, because everything else depends on it. */
export type SideEvidence =
	| 'given'
	| 'table'
	| 'every_chat'
	| 'title'
	| 'profile_name'
	| 'phone_number'
	| 'first_to_write';

/** A chat whose two sides are known. */
export interface SidedChat {
	readonly title: string;
	readonly customer: string;
	readonly messages: ReadonlyArray<ChatMessage & { readonly direction: 'in' | 'out' }>;
}

export interface SidedChats {
	readonly chats: readonly SidedChat[];
	/** Names of the business's side, most messages first. */
	readonly businessNames: readonly string[];
	readonly evidence: SideEvidence;
}

const bare = (name: string): string =>
	plain(name)
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
const PHONE = /^\+?[\d\s().\u00a0\u202f-]{7,}$/u;

/** Whether a name of the export is a number that nobody saved. */
export const isPhoneNumber = (name: string): boolean => PHONE.test(name);

/** What WhatsApp calls the file: "Chat de WhatsApp con Ana.txt", "WhatsApp Chat - Ana.zip". */
const TITLE =
	/^(?:chat de whatsapp con|whatsapp chat with|conversa do whatsapp com|whatsapp chat -|chat de whatsapp -|conversa do whatsapp -)\s*(.+)$/iu;

/** The other side's name, from the name that WhatsApp gave to the file. */
function customerOfTitle(title: string): string | undefined {
	return TITLE.exec(title.replace(/(?:\/_chat)?\.(?:txt|zip)$/iu, '').trim())?.[1]?.trim();
}

const authorsOf = ({ messages }: PastChat): string[] => [
	...new Set(messages.filter(({ kind }) => kind !== 'system').map(({ from }) => from)),
];

const sameName = (one: string, other: string): boolean => {
	const [left, right] = [bare(one), bare(other)];
	return (
		left !== '' &&
		right !== '' &&
		(left === right || ` ${left} `.includes(` ${right} `) || ` ${right} `.includes(` ${left} `))
	);
};

/** Who writes in most chats is not a customer. */
function inManyChats(chats: readonly PastChat[]): Set<string> {
	const counts = new Map<string, number>();
	for (const chat of chats) for (const author of authorsOf(chat)) counts.set(author, (counts.get(author) ?? 0) + 1);
	return new Set([...counts].filter(([, count]) => count >= 2).map(([author]) => author));
}

/** Authors of a chat who are the business, by the first evidence there is. */
function businessOf(
	chat: PastChat,
	everywhere: ReadonlySet<string>,
	hints: SideHints,
): { readonly names: readonly string[]; readonly evidence: SideEvidence } {
	const authors = authorsOf(chat);
	const found = (evidence: SideEvidence, names: readonly string[]) =>
		names.length > 0 && names.length < Math.max(2, authors.length) ? [{ names, evidence }] : [];
	const titled = customerOfTitle(chat.title);
	const strangers = authors.filter(isPhoneNumber);
	const [first] = chat.messages.filter(({ kind }) => kind === 'message');
	const candidates = [
		...found(
			'given',
			authors.filter((author) => hints.businessNames?.some((name) => bare(name) === bare(author))),
		),
		...found(
			'every_chat',
			authors.filter((author) => everywhere.has(author)),
		),
		...(titled !== undefined && authors.some((author) => sameName(author, titled))
			? found(
					'title',
					authors.filter((author) => !sameName(author, titled)),
				)
			: []),
		...found(
			'profile_name',
			authors.filter((author) => hints.profileName !== undefined && sameName(author, hints.profileName)),
		),
		...(strangers.length === 1
			? found(
					'phone_number',
					authors.filter((author) => !isPhoneNumber(author)),
				)
			: []),
	];
	return (
		candidates[0] ?? { names: authors.filter((author) => author !== first?.from), evidence: 'first_to_write' as const }
	);
}

/** Finds in every chat who is the customer and who the business. */
export function findSides(chats: readonly PastChat[], hints: SideHints = {}): SidedChats {
	const everywhere = chats.length > 1 ? inManyChats(chats) : new Set<string>();
	const written = new Map<string, number>();
	const evidence = new Map<SideEvidence, number>();
	const sided = chats.map((chat): SidedChat => {
		const messages = chat.messages.filter(({ kind }) => kind !== 'system');
		const told = messages.length > 0 && messages.every(({ direction }) => direction !== undefined);
		const business = told ? undefined : businessOf(chat, everywhere, hints);
		const directionOf = (message: ChatMessage): 'in' | 'out' =>
			message.direction ?? (business?.names.includes(message.from) === true ? 'out' : 'in');
		const found = business?.evidence ?? 'table';
		evidence.set(found, (evidence.get(found) ?? 0) + 1);
		const withSides = messages.map((message) => ({ ...message, direction: directionOf(message) }));
		for (const { direction, from } of withSides)
			if (direction === 'out' && from !== '') written.set(from, (written.get(from) ?? 0) + 1);
		const customer = withSides.find(({ direction, from }) => direction === 'in' && from !== '')?.from;
		return { title: chat.title, customer: customer ?? customerOfTitle(chat.title) ?? chat.title, messages: withSides };
	});
	const [mostly] = [...evidence].sort(([, one], [, other]) => other - one);
	return {
		chats: sided,
		businessNames: [...written].sort(([, one], [, other]) => other - one).map(([name]) => name),
		evidence: mostly?.[0] ?? 'first_to_write',
	};
}
