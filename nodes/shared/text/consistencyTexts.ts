import type { Disagreement, RecordKind } from '../domain/consistency/findings';
import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

interface RuleWords {
	/** Of several: a line of the report. */
	readonly title: Words;
	/** Of one: what was found. */
	readonly what: Words;
	readonly howToFix: Words;
}

const RULES: Readonly<Record<Disagreement, RuleWords>> = {
	audit_broken: {
		title: {
			es: 'Bitácora que no coincide con lo escrito',
			en: 'Audit log that is not as it was written',
			'pt-BR': 'Registro de auditoria diferente do que foi escrito',
		},
		what: {
			es: 'En la bitácora de este contacto se cambió o se quitó una línea.',
			en: 'A line of this contact’s audit log was changed or removed.',
			'pt-BR': 'Uma linha da auditoria deste contato foi alterada ou removida.',
		},
		howToFix: {
			es: 'Usa Audit Log: Verify con este contacto para ver la línea y revisa quién tiene acceso a la base de datos.',
			en: 'Run Audit Log: Verify for this contact to see the line, and look at who can reach the database.',
			'pt-BR': 'Use Audit Log: Verify com este contato para ver a linha e confira quem tem acesso ao banco de dados.',
		},
	},
	bytes_damaged: {
		title: { es: 'Archivos dañados', en: 'Damaged files', 'pt-BR': 'Arquivos danificados' },
		what: {
			es: 'El archivo ya no tiene el tamaño con que se guardó.',
			en: 'The file does not have the size any more with which it was stored.',
			'pt-BR': 'O arquivo não tem mais o tamanho com que foi guardado.',
		},
		howToFix: {
			es: 'Recupera la carpeta «attachments» de la copia de seguridad o pídele el archivo al cliente.',
			en: 'Bring the folder “attachments” back from the backup, or ask the customer for the file.',
			'pt-BR': 'Recupere a pasta «attachments» da cópia de segurança ou peça o arquivo ao cliente.',
		},
	},
	bytes_missing: {
		title: { es: 'Archivos que ya no están', en: 'Files that are gone', 'pt-BR': 'Arquivos que sumiram' },
		what: {
			es: 'El archivo figura como guardado, pero no está.',
			en: 'The file is on record as stored, but it is not there.',
			'pt-BR': 'O arquivo consta como guardado, mas não está lá.',
		},
		howToFix: {
			es: 'Recupera la carpeta «attachments» de la copia de seguridad o pídele el archivo al cliente.',
			en: 'Bring the folder “attachments” back from the backup, or ask the customer for the file.',
			'pt-BR': 'Recupere a pasta «attachments» da cópia de segurança ou peça o arquivo ao cliente.',
		},
	},
	case_gone: {
		title: {
			es: 'Leads con un caso que no es suyo',
			en: 'Leads with a case that is not theirs',
			'pt-BR': 'Leads com um caso que não é deles',
		},
		what: {
			es: 'El lead nombra un caso que no existe o es de otro cliente.',
			en: 'The lead names a case that does not exist or is another customer’s.',
			'pt-BR': 'O lead aponta para um caso que não existe ou é de outro cliente.',
		},
		howToFix: {
			es: 'Abre el cliente en la bandeja y actualiza el lead desde el caso correcto.',
			en: 'Open the customer in the inbox and update the lead from the right case.',
			'pt-BR': 'Abra o cliente na caixa de entrada e atualize o lead a partir do caso correto.',
		},
	},
	case_of_erased: {
		title: {
			es: 'Casos abiertos de clientes borrados',
			en: 'Open cases of erased customers',
			'pt-BR': 'Casos abertos de clientes apagados',
		},
		what: {
			es: 'El caso sigue abierto y los datos de su cliente se borraron.',
			en: 'The case is still open, and its customer’s data was erased.',
			'pt-BR': 'O caso continua aberto e os dados do cliente foram apagados.',
		},
		howToFix: { es: 'Cierra el caso.', en: 'Close the case.', 'pt-BR': 'Feche o caso.' },
	},
	case_without_note: {
		title: {
			es: 'Pagos sin nota en su caso',
			en: 'Payments without a note in their case',
			'pt-BR': 'Pagamentos sem nota no caso',
		},
		what: {
			es: 'El pago entró, pero el caso {number} no lo dice.',
			en: 'The payment came, but case {number} does not say so.',
			'pt-BR': 'O pagamento entrou, mas o caso {number} não o registra.',
		},
		howToFix: {
			es: 'Agrega la nota al caso y avísale a quien lo atiende.',
			en: 'Add the note to the case and tell whoever attends it.',
			'pt-BR': 'Adicione a nota ao caso e avise quem o atende.',
		},
	},
	contact_gone: {
		title: { es: 'Registros sin cliente', en: 'Records without a customer', 'pt-BR': 'Registros sem cliente' },
		what: {
			es: 'El cliente al que pertenece no existe o quedó unido a otro.',
			en: 'The customer that it belongs to does not exist, or became another one.',
			'pt-BR': 'O cliente a que pertence não existe ou foi unido a outro.',
		},
		howToFix: {
			es: 'Mira en la bitácora qué pasó con el cliente. Si la base se restauró de una copia, restáurala completa.',
			en: 'See in the audit log what became of the customer. Where the database came from a backup, restore all of it.',
			'pt-BR': 'Veja na auditoria o que houve com o cliente. Se o banco veio de uma cópia, restaure-o por completo.',
		},
	},
	conversation_closed: {
		title: {
			es: 'Casos abiertos que nadie mueve',
			en: 'Open cases that nobody moves',
			'pt-BR': 'Casos abertos parados',
		},
		what: {
			es: 'El caso sigue abierto y su conversación lleva {days} días cerrada.',
			en: 'The case is still open, and its conversation has been closed for {days} days.',
			'pt-BR': 'O caso continua aberto e a conversa está fechada há {days} dias.',
		},
		howToFix: {
			es: 'Resuelve o cierra el caso, o escríbele al cliente.',
			en: 'Resolve or close the case, or write to the customer.',
			'pt-BR': 'Resolva ou feche o caso, ou escreva ao cliente.',
		},
	},
	conversation_gone: {
		title: { es: 'Casos sin su conversación', en: 'Cases without their conversation', 'pt-BR': 'Casos sem a conversa' },
		what: {
			es: 'La conversación en que se abrió el caso no existe.',
			en: 'The conversation in which the case was opened does not exist.',
			'pt-BR': 'A conversa em que o caso foi aberto não existe.',
		},
		howToFix: {
			es: 'Si la base se restauró de una copia, restáurala completa; si no, atiende el caso desde la ficha del cliente.',
			en: 'Where the database came from a backup, restore all of it; else attend the case from the customer’s card.',
			'pt-BR': 'Se o banco veio de uma cópia, restaure-o por completo; senão, atenda o caso pela ficha do cliente.',
		},
	},
	expiry_missed: {
		title: {
			es: 'Cobros vencidos que siguen abiertos',
			en: 'Expired payment pages that are still open',
			'pt-BR': 'Cobranças vencidas ainda abertas',
		},
		what: {
			es: 'La página de pago venció y no llegó el aviso: no se sabe si se pagó.',
			en: 'The payment page has expired and nobody told: whether it was paid is not known.',
			'pt-BR': 'A página de pagamento venceu e o aviso não chegou: não se sabe se foi paga.',
		},
		howToFix: {
			es: 'Ejecuta la conciliación de pagos (Payment: Reconcile) con los días que hagan falta.',
			en: 'Run Payment: Reconcile over as many days as needed.',
			'pt-BR': 'Execute a conciliação (Payment: Reconcile) com os dias necessários.',
		},
	},
	lead_gone: {
		title: {
			es: 'Casos con un lead que no es suyo',
			en: 'Cases with a lead that is not theirs',
			'pt-BR': 'Casos com um lead que não é deles',
		},
		what: {
			es: 'El caso nombra un lead que no existe o es de otro cliente.',
			en: 'The case names a lead that does not exist or is another customer’s.',
			'pt-BR': 'O caso aponta para um lead que não existe ou é de outro cliente.',
		},
		howToFix: {
			es: 'Abre el caso en la bandeja y usa «Crear Lead».',
			en: 'Open the case in the inbox and use “Crear Lead”.',
			'pt-BR': 'Abra o caso na caixa de entrada e use «Crear Lead».',
		},
	},
	lead_not_won: {
		title: {
			es: 'Pagos cuyo lead no está ganado',
			en: 'Payments whose lead is not won',
			'pt-BR': 'Pagamentos cujo lead não está ganho',
		},
		what: {
			es: 'El pago entró y el lead sigue sin ganar ({lead}).',
			en: 'The payment came, and the lead is not won ({lead}).',
			'pt-BR': 'O pagamento entrou e o lead não está ganho ({lead}).',
		},
		howToFix: {
			es: 'Pasa el lead a Won con el valor pagado o, si la venta se cayó, devuelve el pago.',
			en: 'Move the lead to Won with what was paid or, where the sale was lost, give the money back.',
			'pt-BR': 'Passe o lead para Won com o valor pago ou, se a venda caiu, devolva o pagamento.',
		},
	},
	messages_stuck: {
		title: { es: 'Mensajes que no salen', en: 'Messages that do not leave', 'pt-BR': 'Mensagens que não saem' },
		what: {
			es: 'Hay mensajes para este cliente que llevan más de una hora sin salir.',
			en: 'Messages to this customer have waited for more than an hour.',
			'pt-BR': 'Há mensagens para este cliente paradas há mais de uma hora.',
		},
		howToFix: {
			es: 'Revisa que el flujo del bot esté publicado, que «Due» llegue a Send Queued y que el token siga vigente.',
			en: 'See that the bot’s workflow is published, that Due reaches Send Queued, and that the token is still good.',
			'pt-BR': 'Confira se o fluxo do bot está publicado, se «Due» chega a Send Queued e se o token é válido.',
		},
	},
	no_address: {
		title: {
			es: 'Conversaciones sin a quién responder',
			en: 'Conversations with nobody to answer',
			'pt-BR': 'Conversas sem a quem responder',
		},
		what: {
			es: 'El cliente no tiene ningún número ni usuario de WhatsApp registrado: no se le puede escribir.',
			en: 'The customer has no WhatsApp number or user ID on record: nobody can write to them.',
			'pt-BR': 'O cliente não tem número nem usuário do WhatsApp registrado: não é possível escrever.',
		},
		howToFix: {
			es: 'Escribe su número con Contact: Create or Update, o únelo con su otro registro con Contact: Merge.',
			en: 'Write the number with Contact: Create or Update, or make it one with its other record by Contact: Merge.',
			'pt-BR': 'Informe o número com Contact: Create or Update, ou una ao outro registro com Contact: Merge.',
		},
	},
	not_downloaded: {
		title: { es: 'Archivos sin descargar', en: 'Files that were not downloaded', 'pt-BR': 'Arquivos não baixados' },
		what: {
			es: 'El archivo llegó hace más de un día y no se ha guardado; WhatsApp lo borra.',
			en: 'The file came more than a day ago and is not stored; WhatsApp deletes it.',
			'pt-BR': 'O arquivo chegou há mais de um dia e não foi guardado; o WhatsApp o apaga.',
		},
		howToFix: {
			es: 'Conecta la salida «Attachment» del bot a la descarga y revisa el token. Si ya venció, pide el archivo otra vez.',
			en: 'Connect the bot’s Attachment output to the download and check the token. If it is too late, ask for the file again.',
			'pt-BR':
				'Conecte a saída «Attachment» do bot ao download e confira o token. Se já venceu, peça o arquivo de novo.',
		},
	},
	number_gap: {
		title: { es: 'Números de caso sin caso', en: 'Case numbers without a case', 'pt-BR': 'Números de caso sem caso' },
		what: {
			es: 'Se dieron {count} números que no tienen caso: {numbers}.',
			en: '{count} numbers were given that have no case: {numbers}.',
			'pt-BR': 'Foram dados {count} números sem caso: {numbers}.',
		},
		howToFix: {
			es: 'Si la base se restauró de una copia, faltan casos: compárala con los mensajes que ya tienen los clientes.',
			en: 'Where the database came from a backup, cases are missing: compare it with the messages that customers have.',
			'pt-BR': 'Se o banco veio de uma cópia, faltam casos: compare com as mensagens que os clientes já têm.',
		},
	},
	number_taken: {
		title: {
			es: 'El próximo número de caso ya existe',
			en: 'The next case number is taken',
			'pt-BR': 'O próximo número de caso já existe',
		},
		what: {
			es: 'El próximo caso llevaría el número {number}, que ya es de otro: no se podría registrar.',
			en: 'The next case would be {number}, which another one has: it could not be registered.',
			'pt-BR': 'O próximo caso seria {number}, que já é de outro: não poderia ser registrado.',
		},
		howToFix: {
			es: 'Cambia el formato del número en el perfil del negocio, por ejemplo con otro prefijo.',
			en: 'Change the number’s format in the business profile, for example its prefix.',
			'pt-BR': 'Mude o formato do número no perfil do negócio, por exemplo com outro prefixo.',
		},
	},
	owner_gone: {
		title: {
			es: 'A cargo de alguien que ya no está',
			en: 'In the hands of somebody who left',
			'pt-BR': 'Com alguém que já saiu',
		},
		what: {
			es: 'Está a cargo de una persona que ya no está en el equipo.',
			en: 'It belongs to a person who is not in the team any more.',
			'pt-BR': 'Está com uma pessoa que não faz mais parte da equipe.',
		},
		howToFix: {
			es: 'Asígnalo a otra persona.',
			en: 'Assign it to somebody else.',
			'pt-BR': 'Atribua a outra pessoa.',
		},
	},
	phone_invalid: {
		title: {
			es: 'Teléfonos que no son válidos',
			en: 'Phone numbers that are not valid',
			'pt-BR': 'Telefones inválidos',
		},
		what: {
			es: '«{phone}» no es un teléfono completo con código de país.',
			en: '“{phone}” is no complete phone number with its country code.',
			'pt-BR': '«{phone}» não é um telefone completo com código do país.',
		},
		howToFix: {
			es: 'Corrígelo con Contact: Create or Update, con + y código de país.',
			en: 'Correct it with Contact: Create or Update, with + and the country code.',
			'pt-BR': 'Corrija com Contact: Create or Update, com + e código do país.',
		},
	},
	phone_shared: {
		title: {
			es: 'Dos contactos con el mismo teléfono',
			en: 'Two contacts with one phone number',
			'pt-BR': 'Dois contatos com o mesmo telefone',
		},
		what: {
			es: 'El teléfono {phone} también es de {other}.',
			en: 'The phone number {phone} is also that of {other}.',
			'pt-BR': 'O telefone {phone} também é de {other}.',
		},
		howToFix: {
			es: 'Si son la misma persona, únelos con Contact: Merge; si no, corrige el que no es.',
			en: 'If they are the same person, use Contact: Merge; else correct the wrong one.',
			'pt-BR': 'Se são a mesma pessoa, una com Contact: Merge; senão, corrija o errado.',
		},
	},
	statuses_missing: {
		title: {
			es: 'Mensajes de los que no se supo más',
			en: 'Messages of which nothing more was heard',
			'pt-BR': 'Mensagens sem notícia',
		},
		what: {
			es: 'El canal aceptó un mensaje hace más de un día y no avisó si llegó.',
			en: 'The channel took a message more than a day ago and never told whether it arrived.',
			'pt-BR': 'O canal aceitou uma mensagem há mais de um dia e não avisou se chegou.',
		},
		howToFix: {
			es: 'Revisa la suscripción del webhook con Workspace: Check Readiness: los estados llegan por el mismo aviso.',
			en: 'Look at the webhook’s subscription with Workspace: Check Readiness: statuses come the same way.',
			'pt-BR': 'Confira a assinatura do webhook com Workspace: Check Readiness: os status chegam por ali.',
		},
	},
	sync_behind: {
		title: { es: 'Wazzup sin lo último', en: 'Wazzup without the latest', 'pt-BR': 'Wazzup sem o mais recente' },
		what: {
			es: 'Hay cambios de hace {days} días que no se han llevado a Wazzup.',
			en: 'Changes of {days} days ago were not carried to Wazzup.',
			'pt-BR': 'Há alterações de {days} dias atrás que não foram levadas ao Wazzup.',
		},
		howToFix: {
			es: 'Publica el flujo de sincronización con Wazzup y mira por qué falla su última ejecución.',
			en: 'Publish the workflow that syncs with Wazzup, and see why its last execution failed.',
			'pt-BR': 'Publique o fluxo de sincronização com o Wazzup e veja por que a última execução falhou.',
		},
	},
	sync_left: {
		title: {
			es: 'Borrados aquí y todavía en Wazzup',
			en: 'Erased here and still at Wazzup',
			'pt-BR': 'Apagados aqui e ainda no Wazzup',
		},
		what: {
			es: 'El contacto se borró o se unió hace más de un día y Wazzup todavía lo tiene.',
			en: 'The contact was erased or merged more than a day ago, and Wazzup still has it.',
			'pt-BR': 'O contato foi apagado ou unido há mais de um dia e o Wazzup ainda o tem.',
		},
		howToFix: {
			es: 'Ejecuta la sincronización con Wazzup (Sync: Run).',
			en: 'Run the sync with Wazzup (Sync: Run).',
			'pt-BR': 'Execute a sincronização com o Wazzup (Sync: Run).',
		},
	},
	sync_refused: {
		title: {
			es: 'Registros que Wazzup no recibió',
			en: 'Records that Wazzup did not take',
			'pt-BR': 'Registros que o Wazzup não aceitou',
		},
		what: {
			es: 'Wazzup tiene otra cosa que este registro, porque no recibió el cambio: {problem}',
			en: 'Wazzup has something else than this record, because it did not take the change: {problem}',
			'pt-BR': 'O Wazzup tem outra coisa, porque não aceitou a alteração: {problem}',
		},
		howToFix: {
			es: 'Corrige el dato que Wazzup señala; el cambio se envía solo en la próxima sincronización.',
			en: 'Correct what Wazzup names; the next sync sends it again by itself.',
			'pt-BR': 'Corrija o dado que o Wazzup aponta; a próxima sincronização envia sozinha.',
		},
	},
	turn_overdue: {
		title: {
			es: 'Clientes sin respuesta del bot',
			en: 'Customers whom the bot did not answer',
			'pt-BR': 'Clientes sem resposta do bot',
		},
		what: {
			es: 'El cliente escribió hace más de una hora y el bot no ha respondido.',
			en: 'The customer wrote more than an hour ago, and the bot has not answered.',
			'pt-BR': 'O cliente escreveu há mais de uma hora e o bot não respondeu.',
		},
		howToFix: {
			es: 'Publica el flujo del bot y conecta «Messages» y «Due» con Bot Conversation.',
			en: 'Publish the bot’s workflow and connect Messages and Due to Bot Conversation.',
			'pt-BR': 'Publique o fluxo do bot e conecte «Messages» e «Due» a Bot Conversation.',
		},
	},
	without_link: {
		title: {
			es: 'Cobros que se quedaron sin enlace',
			en: 'Payments that were left without a link',
			'pt-BR': 'Cobranças sem link',
		},
		what: {
			es: 'Se pidió cobrar y el enlace no quedó hecho.',
			en: 'A payment was asked for, and its link was not made.',
			'pt-BR': 'Foi pedida uma cobrança e o link não ficou pronto.',
		},
		howToFix: {
			es: 'Pide el enlace otra vez desde la bandeja y revisa la credencial de quien cobra.',
			en: 'Ask for the link again in the inbox, and check the credential of whoever collects.',
			'pt-BR': 'Peça o link de novo na caixa de entrada e confira a credencial de quem cobra.',
		},
	},
	won_unpaid: {
		title: { es: 'Leads ganados sin pagar', en: 'Won leads that were not paid', 'pt-BR': 'Leads ganhos sem pagamento' },
		what: {
			es: 'El lead está ganado y lo que se le cobró sigue sin pagar.',
			en: 'The lead is won, and what was asked for it is not paid.',
			'pt-BR': 'O lead está ganho e o que foi cobrado continua sem pagar.',
		},
		howToFix: {
			es: 'Confirma si se pagó por otro medio; si no, recuérdale el pago o devuelve el lead a su etapa.',
			en: 'See whether it was paid in another way; else remind the customer, or put the lead back.',
			'pt-BR': 'Confirme se foi pago por outro meio; senão, lembre o cliente ou volte o lead à etapa.',
		},
	},
	won_without_amount: {
		title: { es: 'Leads ganados sin valor', en: 'Won leads without an amount', 'pt-BR': 'Leads ganhos sem valor' },
		what: {
			es: 'El lead está ganado y no dice cuánto: las ventas no lo cuentan.',
			en: 'The lead is won and does not say how much: the sales do not count it.',
			'pt-BR': 'O lead está ganho e não diz quanto: as vendas não o contam.',
		},
		howToFix: {
			es: 'Escribe el valor y la moneda con Crear Lead: Change Stage.',
			en: 'Write amount and currency with Crear Lead: Change Stage.',
			'pt-BR': 'Informe valor e moeda com Crear Lead: Change Stage.',
		},
	},
};

const KINDS: Readonly<Record<RecordKind, Words>> = {
	payment: { es: 'Pago', en: 'Payment', 'pt-BR': 'Pagamento' },
	lead: { es: 'Lead', en: 'Lead', 'pt-BR': 'Lead' },
	case: { es: 'Caso', en: 'Case', 'pt-BR': 'Caso' },
	file: { es: 'Archivo', en: 'File', 'pt-BR': 'Arquivo' },
	conversation: { es: 'Conversación', en: 'Conversation', 'pt-BR': 'Conversa' },
	contact: { es: 'Contacto', en: 'Contact', 'pt-BR': 'Contato' },
};

const REPORT = {
	title: {
		es: 'Revisión de consistencia · {business} · {day}',
		en: 'Consistency check · {business} · {day}',
		'pt-BR': 'Verificação de consistência · {business} · {day}',
	},
	none: {
		es: 'No había registros que revisar.',
		en: 'There were no records to look at.',
		'pt-BR': 'Não havia registros a verificar.',
	},
	rate: {
		es: '{agree} de {checked} registros coinciden.',
		en: '{agree} of {checked} records agree.',
		'pt-BR': '{agree} de {checked} registros conferem.',
	},
	more: { es: '{names} y {count} más', en: '{names} and {count} more', 'pt-BR': '{names} e mais {count}' },
} as const satisfies Readonly<Record<string, Words>>;

const filled = (words: string, values: Readonly<Record<string, string | number>>): string => {
	const known = new Map(Object.entries(values));
	return words.replace(/\{(\w+)\}/g, (all, name: string) => String(known.get(name) ?? all));
};

/** What was found, where, in the words of people. */
export interface FindingWords {
	readonly rule: Disagreement;
	readonly values?: Readonly<Record<string, string>>;
	readonly kind?: RecordKind;
	/** As people know the record; absent: the finding concerns the desk. */
	readonly subject?: string;
}

/** One finding in words. */
export function findingInWords(
	{ rule, values = {}, kind, subject }: FindingWords,
	language: Language,
): { readonly where: string; readonly what: string; readonly howToFix: string } {
	const { title, what, howToFix } = RULES[rule];
	return {
		where: kind === undefined ? title[language] : `${KINDS[kind][language]} ${subject ?? ''}`.trim(),
		what: filled(what[language], values),
		howToFix: howToFix[language],
	};
}

/** Records that one line of the report names. */
const NAMED = 3;

export interface ConsistencyWords {
	readonly business: string;
	/** Local day. */
	readonly day: string;
	readonly checked: number;
	readonly agree: number;
	/** Most often first. */
	readonly byRule: ReadonlyArray<{ readonly rule: Disagreement; readonly count: number }>;
	readonly findings: readonly FindingWords[];
}

function lineOf(
	{ rule, count }: ConsistencyWords['byRule'][number],
	findings: readonly FindingWords[],
	language: Language,
): string {
	const ofRule = findings.filter((finding) => finding.rule === rule);
	const title = RULES[rule].title[language];
	const { values = {}, subject } = ofRule[0] ?? {};
	// What concerns the desk has no name: it is told in its own words.
	if (subject === undefined) return `• ${title}: ${filled(RULES[rule].what[language], values)}`;
	const names = ofRule
		.slice(0, NAMED)
		.flatMap((finding) => finding.subject ?? [])
		.join(', ');
	const more = count - Math.min(count, NAMED);
	return `• ${title} (${count}): ${more === 0 ? names : filled(REPORT.more[language], { names, count: more })}`;
}

/** The whole check as a message: how much agrees, and what does not. */
export function consistencyInWords(
	report: ConsistencyWords,
	language: Language,
): { readonly title: string; readonly text: string } {
	const { business, day, checked, agree, byRule, findings } = report;
	const title = filled(REPORT.title[language], { business, day });
	const rate = checked === 0 ? REPORT.none[language] : filled(REPORT.rate[language], { agree, checked });
	const lines = byRule.map((counted) => lineOf(counted, findings, language));
	return { title, text: [`*${title}*`, rate, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n') };
}
