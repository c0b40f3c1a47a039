import type { Language } from '../domain/profile/businessProfile';

/** What was found out about a payment proof. */
export type ProofVerdict = 'match' | 'none' | 'used';

/** What the customer reads. Ours. */
const CUSTOMER: Readonly<Record<Language, Readonly<Record<'confirmed' | 'waits' | 'offer', string>>>> = {
	es: {
		confirmed: 'Tu pago de {amount} ya está confirmado ✅. Guardé el archivo con tu solicitud.',
		waits:
			'Recibí tu archivo 📎 y lo guardé para tu asesor. Un comprobante no confirma el pago: te escribo por aquí apenas nos avise quien lo recibe.',
		offer: 'Si aún no has pagado, puedes hacerlo aquí de forma segura.',
	},
	en: {
		confirmed: 'Your payment of {amount} is confirmed already ✅. I kept the file with your request.',
		waits:
			'I got your file 📎 and kept it for your advisor. A receipt does not confirm the payment: I will write here as soon as whoever receives it tells us.',
		offer: 'If you have not paid yet, you can do it safely here.',
	},
	'pt-BR': {
		confirmed: 'Seu pagamento de {amount} já está confirmado ✅. Guardei o arquivo com o seu pedido.',
		waits:
			'Recebi o seu arquivo 📎 e guardei para o seu consultor. Um comprovante não confirma o pagamento: escrevo por aqui assim que quem recebe nos avisar.',
		offer: 'Se ainda não pagou, pode fazer isso aqui com segurança.',
	},
};

/** What the team reads. Ours. */
const TEAM: Readonly<
	Record<Language, Readonly<Record<ProofVerdict | 'usedInCase' | 'usedReference' | 'usedReferenceInCase', string>>>
> = {
	es: {
		match: 'Comprobante de {customer}: coincide con un pago confirmado de {amount}.',
		none: 'Comprobante de {customer}: ningún pago confirmado coincide. No lo des por pagado.',
		used: 'Comprobante de {customer}: el mismo archivo ya había llegado el {date}. No lo des por pagado.',
		usedInCase:
			'Comprobante de {customer}: el mismo archivo ya se usó en el caso {number}, el {date}. No lo des por pagado.',
		usedReference:
			'Comprobante de {customer}: otro archivo del {date} ya traía la referencia {reference}. No lo des por pagado.',
		usedReferenceInCase:
			'Comprobante de {customer}: la referencia {reference} ya se usó en el caso {number}, con otro archivo del {date}. No lo des por pagado.',
	},
	en: {
		match: 'Receipt of {customer}: it fits a confirmed payment of {amount}.',
		none: 'Receipt of {customer}: no confirmed payment fits. Do not take it for paid.',
		used: 'Receipt of {customer}: the same file had come on {date} already. Do not take it for paid.',
		usedInCase:
			'Receipt of {customer}: the same file was used in case {number} already, on {date}. Do not take it for paid.',
		usedReference:
			'Receipt of {customer}: another file of {date} had the reference {reference} already. Do not take it for paid.',
		usedReferenceInCase:
			'Receipt of {customer}: the reference {reference} was used in case {number} already, with another file of {date}. Do not take it for paid.',
	},
	'pt-BR': {
		match: 'Comprovante de {customer}: coincide com um pagamento confirmado de {amount}.',
		none: 'Comprovante de {customer}: nenhum pagamento confirmado coincide. Não considere pago.',
		used: 'Comprovante de {customer}: o mesmo arquivo já tinha chegado em {date}. Não considere pago.',
		usedInCase:
			'Comprovante de {customer}: o mesmo arquivo já foi usado no caso {number}, em {date}. Não considere pago.',
		usedReference:
			'Comprovante de {customer}: outro arquivo de {date} já trazia a referência {reference}. Não considere pago.',
		usedReferenceInCase:
			'Comprovante de {customer}: a referência {reference} já foi usada no caso {number}, com outro arquivo de {date}. Não considere pago.',
	},
};

const PAY: Readonly<Record<Language, string>> = { es: 'Pagar', en: 'Pay', 'pt-BR': 'Pagar' };

interface ProofValues {
	readonly amount?: string;
	readonly customer?: string;
	readonly date?: string;
	/** Of the case in which it was used before. */
	readonly number?: string;
	/** Of the payment, as it was read, where another file had it. */
	readonly reference?: string;
}

function filled(text: string, values: ProofValues): string {
	const known = new Map(Object.entries(values));
	return text.replace(/\{(\w+)\}/gu, (_, name: string) => known.get(name) ?? '');
}

/** What the customer is told: that it is confirmed, or that a file confirms nothing, with a way to pay where there is one. */
export function proofForCustomer(
	language: Language,
	{ amount, offers }: { readonly amount?: string; readonly offers: boolean },
): { readonly text: string; readonly label: string } {
	const { confirmed, waits, offer } = CUSTOMER[language];
	const text = amount === undefined ? (offers ? `${waits}\n\n${offer}` : waits) : filled(confirmed, { amount });
	return { text, label: PAY[language] };
}

/** What the team is told. */
export function proofForTeam(language: Language, verdict: ProofVerdict, values: ProofValues): string {
	const { number, reference } = values;
	const [alone, inCase] =
		reference === undefined ? (['used', 'usedInCase'] as const) : (['usedReference', 'usedReferenceInCase'] as const);
	const used = number === undefined ? alone : inCase;
	return filled(TEAM[language][verdict === 'used' ? used : verdict], values);
}
