import type { RefusalWords } from './refusalWords';

const wait = (seconds: string | number): string =>
	Number(seconds) > 90 ? `${Math.ceil(Number(seconds) / 60)} minutos` : `${seconds} segundos`;

const ASPECTS: ReadonlyMap<string | number, string> = new Map([
	['option', 'opción del menú'],
	['caseType', 'tipo de caso'],
	['area', 'área'],
	['lead', 'crea un lead'],
	['person', 'pasa a una persona'],
	['cases', 'casos'],
]);
const VALUES: ReadonlyMap<string | number, string> = new Map([
	['', 'ninguno'],
	['yes', 'sí'],
	['no', 'no'],
	['quotation', 'cotización'],
	['information', 'información'],
	['order_status', 'estado de pedido'],
	['support', 'soporte'],
	['documents', 'documentos'],
	['billing', 'facturación y pagos'],
	['other', 'otro'],
]);
const aspectInWords = (aspect: string | number): string => ASPECTS.get(aspect) ?? String(aspect);
const valueInWords = (value: string | number): string =>
	VALUES.get(value) ?? (/^\d+$/.test(String(value)) ? String(value) : `«${value}»`);

export const es: RefusalWords = {
	takenBy: ({ name }) => ({ text: `${name} tiene esta conversación.`, detail: 'Tómala para responder.' }),
	onTheirNumber: ({ name }) => ({
		text: `${name} atiende esta conversación desde su propio número.`,
		detail: 'Pídele que responda desde allí.',
	}),
	noBotHere: () => ({
		text: 'Esta conversación está en el número propio de alguien del equipo.',
		detail: 'Allí no responde ningún bot: no hay nada que tomar, devolver ni cerrar.',
	}),
	windowClosed: () => ({
		text: 'Las 24 horas del cliente terminaron: WhatsApp ya solo entrega plantillas.',
		detail: 'Elige una plantilla aprobada. Cuando el cliente responda, vuelves a escribir libremente.',
	}),
	optedOut: () => ({
		text: 'Esta persona pidió que no le escriban.',
		detail: 'Espera a que escriba; entonces puedes responderle.',
	}),
	noMarketingConsent: () => ({
		text: 'Esta persona no ha aceptado recibir publicidad.',
		detail: 'Usa una plantilla de utilidad, o espera a que la acepte.',
	}),
	holidayToday: () => ({
		text: 'Hoy es festivo: no sale publicidad.',
		detail: 'Envíala el próximo día hábil, o usa una plantilla de utilidad.',
	}),
	outsideContactHours: () => ({
		text: 'A esta hora no sale publicidad.',
		detail: 'Envíala en el horario de contacto del perfil, o usa una plantilla de utilidad.',
	}),
	collectionTooSoon: () => ({
		text: 'Hace poco salió un mensaje de cobro para esta persona.',
		detail: 'Espera los días que dice el perfil.',
	}),
	noSuchTemplate: ({ template }) => ({
		text: `La plantilla «${template}» no está aprobada en este número.`,
		detail: 'Elige una de la lista.',
	}),
	templateNotFilled: ({ template, places }) => ({
		text: `La plantilla «${template}» lleva ${places} datos y no están completos.`,
		detail: 'Llénalos todos.',
	}),
	nothingToSend: () => ({ text: 'No hay nada que enviar.', detail: 'Escribe algo primero.' }),
	cannotRetry: () => ({
		text: 'Este mensaje no se puede reenviar.',
		detail: 'Solo se reenvía lo que falló antes de llegar a WhatsApp. Escríbelo de nuevo.',
	}),
	fileGone: () => ({
		text: 'Un archivo ya no está.',
		detail: 'Los archivos esperan su mensaje una hora. Elígelo de nuevo.',
	}),
	fileEmpty: ({ file }) => ({ text: `«${file}» está vacío.`, detail: 'Elige el archivo de nuevo.' }),
	fileTypeRefused: ({ file }) => ({
		text: `WhatsApp no recibe «${file}».`,
		detail: 'Envía fotos JPEG o PNG, videos MP4, audios MP3, OGG o M4A, PDF, Word, Excel, PowerPoint o texto.',
	}),
	fileTooLarge: ({ file, most }) => ({
		text: `«${file}» pesa demasiado para WhatsApp.`,
		detail: `Lo máximo de este tipo son ${most} MB. Envía uno más pequeño, o la foto como documento.`,
	}),
	uploadTooLarge: ({ most }) => ({
		text: 'El archivo es demasiado grande.',
		detail: `Esta bandeja recibe hasta ${most} MB. Quien administra n8n puede permitir más.`,
	}),
	tooManyFiles: () => ({
		text: 'Hay demasiados archivos esperando salir.',
		detail: 'Envía o descarta los que ya elegiste; los que no se envían se borran en una hora.',
	}),
	uploadsBusy: () => ({
		text: 'En este momento se están subiendo muchos archivos.',
		detail: 'Vuelve a intentarlo en unos segundos.',
	}),
	uploadSlow: () => ({
		text: 'El archivo tardó demasiado en subir.',
		detail: 'Súbelo de nuevo, mejor con otra conexión.',
	}),
	uploadCut: () => ({ text: 'El archivo no llegó completo.', detail: 'Súbelo de nuevo.' }),
	noSuchArea: ({ area }) => ({
		text: `El área «${area}» no existe.`,
		detail: 'Elige una de la lista; si acaba de cambiar, carga la página de nuevo.',
	}),
	nobodyOnDuty: ({ area }) => ({
		text: `Nadie de «${area}» está disponible ahora.`,
		detail: 'Elige a una persona, o asígnala más tarde.',
	}),
	unreadableAmount: ({ amount }) => ({
		text: `«${amount}» no es un valor.`,
		detail: 'Escríbelo en números, por ejemplo 1.250.000.',
	}),
	unknownCurrency: ({ currency }) => ({
		text: `«${currency}» no es una moneda.`,
		detail: 'Escribe sus tres letras, por ejemplo COP o USD.',
	}),
	amountTooLarge: () => ({ text: 'Es más de lo que cabe en un pago.', detail: 'Divídelo en varios.' }),
	cashAgreed: ({ amount }) => ({
		text: `Esto ya se paga contra entrega: ${amount}.`,
		detail: 'Si acordaron otro valor, cancela primero ese.',
	}),
	cashCollected: ({ name }) => ({
		text: `Este efectivo ya se registró: lo recibió ${name}.`,
		detail: 'Cuenta una sola vez. Carga la página de nuevo para verlo.',
	}),
	cashCancelled: () => ({
		text: 'Este pago contra entrega se canceló.',
		detail: 'Acuérdalo otra vez y después regístralo.',
	}),
	cashDiffers: ({ amount }) => ({
		text: `Se acordaron ${amount} y llegó otro valor.`,
		detail: 'Escribe en la nota por qué.',
	}),
	paidAlready: ({ amount }) => ({
		text: `El cliente ya pagó ${amount} por lo mismo.`,
		detail: 'Si sabes que es así, márcalo y sigue.',
	}),
	wonWithoutAmount: () => ({
		text: 'Falta el valor: un lead ganado dice cuánto se vendió.',
		detail: 'Escríbelo en números, por ejemplo 1.250.000.',
	}),
	lostWithoutReason: () => ({
		text: 'Falta el motivo: un lead perdido dice por qué.',
		detail: 'Escríbelo en pocas palabras, por ejemplo: compró en otro lado.',
	}),
	noLeadField: ({ field }) => ({ text: `Un lead no tiene el campo «${field}».`, detail: 'Carga la página de nuevo.' }),
	notAPhone: ({ phone }) => ({
		text: `«${phone}» no es un número de teléfono.`,
		detail: 'Escríbelo con el indicativo del país, por ejemplo +57 300 123 4567.',
	}),
	notAnEmail: ({ email }) => ({
		text: `«${email}» no es un correo electrónico.`,
		detail: 'Corrígelo, o deja el campo vacío.',
	}),
	notAnIdentification: ({ identification }) => ({
		text: `«${identification}» no sirve como identificación.`,
		detail: 'Revisa que el número esté completo, con su dígito de verificación si lo lleva, o deja el campo vacío.',
	}),
	notAName: ({ name }) => ({
		text: `«${name}» no es un nombre.`,
		detail: 'Escríbelo con letras, o deja el campo vacío.',
	}),
	ofAnotherContact: ({ name }) => ({
		text: `Ese dato ya es de otro contacto: ${name}.`,
		detail: 'Si son la misma persona, pide que unan los dos contactos. No se cambió nada.',
	}),
	dueInPast: () => ({ text: 'Esa fecha ya pasó.', detail: 'Elige una de ahora en adelante.' }),
	rejectedWithoutReason: () => ({
		text: 'Di por qué lo rechazas.',
		detail: 'El motivo queda en el equipo; el cliente no lo lee.',
	}),
	approvalExpired: ({ request }) => ({
		text: `El plazo para decidir ${request} terminó.`,
		detail: 'Escríbele al cliente; el asistente puede pedirlo de nuevo.',
	}),
	approvalDecided: ({ request }) => ({
		text: `${request} ya se decidió.`,
		detail: 'Carga la página de nuevo para ver cómo quedó.',
	}),
	approvalDecidedBy: ({ request, name }) => ({
		text: `${name} ya decidió ${request}.`,
		detail: 'Carga la página de nuevo para ver cómo quedó.',
	}),
	noName: () => ({ text: 'Falta el nombre.', detail: 'Escribe el nombre con que los clientes conocen a la persona.' }),
	noPhone: ({ name }) => ({
		text: `${name} no tiene número de teléfono.`,
		detail: 'Agrégalo primero en los ajustes del equipo.',
	}),
	linkNotOffered: () => ({
		text: 'El enlace no se ofreció.',
		detail: 'Revisa el número del asesor. Fuera de las 24 horas del cliente, envía primero una plantilla aprobada.',
	}),
	onlyAdministrator: ({ name }) => ({
		text: `${name} es la única persona que administra.`,
		detail: 'Nombra primero a alguien más.',
	}),
	notYourself: () => ({ text: 'No puedes borrarte a ti mismo.', detail: 'Pídeselo a alguien más que administre.' }),
	hasOpenCases: ({ name, cases }) => ({
		text: `${name} todavía tiene casos abiertos: ${cases}.`,
		detail: 'Pásalos a otra persona, o ciérralos primero.',
	}),
	noInboxAddress: () => ({
		text: 'La bandeja todavía no sabe su propia dirección.',
		detail: 'Quien administra n8n activa el flujo con Advisor Inbox Trigger; después vuelve a intentarlo.',
	}),
	profileNotValid: ({ count }) => ({
		text: `El perfil no se guardó: datos por corregir: ${count}.`,
		detail: 'Están marcados en sus campos. No cambió nada.',
	}),
	profileUnreadable: ({ version }) => ({
		text: `La versión ${version} del perfil no se puede leer.`,
		detail: 'Quien administra n8n publica otra, o vuelve a una anterior.',
	}),
	noDraft: () => ({
		text: 'No hay ningún borrador.',
		detail: 'Alguien lo publicó o lo descartó. Carga la página de nuevo.',
	}),
	noSuchVersion: ({ version }) => ({
		text: `No hay una versión ${version} del perfil.`,
		detail: 'Elige una de la lista.',
	}),
	draftOutdated: ({ base, version }) => ({
		text: `El borrador nació de la versión ${base}, y desde entonces se publicó la ${version}.`,
		detail: 'Descártalo y haz los cambios sobre la nueva, para no deshacer los de otra persona.',
	}),
	testEndsDifferently: ({ test, aspect, found, wanted, others }) => ({
		text: `La prueba «${test}» terminaría distinto: ${aspectInWords(aspect)}: ${valueInWords(found)} en vez de ${valueInWords(wanted)}.`,
		detail: `${others === 0 ? '' : `También otras: ${others}. `}Corrige el borrador, o cambia la prueba en n8n. No se publicó nada.`,
	}),
	textNotSayable: ({ text }) => ({
		text: `Al texto «${text}» le falta algo para poder decirse.`,
		detail: 'Corrígelo en Textos. No se publicó nada.',
	}),
	profileChanged: () => ({
		text: 'No se publicó: alguien cambió el perfil mientras tanto.',
		detail: 'Mira cómo quedó y publica de nuevo.',
	}),
	noLinkingCredential: () => ({
		text: 'Esta bandeja todavía no puede vincular números.',
		detail: 'Quien administra n8n elige la credencial de WhatsApp Cloud en Advisor Inbox Trigger.',
	}),
	noSignupConfiguration: () => ({
		text: 'Falta la configuración del registro de Meta para vincular números.',
		detail: 'Quien administra n8n la pone en la credencial de WhatsApp Cloud.',
	}),
	notDigits: ({ id }) => ({
		text: `«${id}» no es un identificador de Meta: solo lleva dígitos.`,
		detail: 'Cópialo del panel de la app de Meta, en WhatsApp, Configuración de la API.',
	}),
	tokenTooShort: () => ({
		text: 'El token de acceso está incompleto.',
		detail: 'Pega el token permanente de un usuario del sistema con acceso a la app y a esta cuenta.',
	}),
	notPhones: ({ numbers }) => ({
		text: `Estos no son números de teléfono: ${numbers}.`,
		detail: 'Escribe cada uno con el indicativo del país, por ejemplo +57 300 123 4567.',
	}),
	notLinked: () => ({
		text: 'Este número no está vinculado.',
		detail: 'Vincúlalo primero; después hay 24 horas para pedir contactos e historial.',
	}),
	impossibleChat: () => ({
		text: 'Wazzup nombró un chat que no puede existir.',
		detail: 'Abre el chat en Wazzup otra vez.',
	}),
	noWazzup: () => ({
		text: 'Esta bandeja no tiene cuenta de Wazzup.',
		detail: 'Quien administra n8n la elige en Advisor Inbox Trigger.',
	}),
	wazzupSilent: () => ({ text: 'Wazzup no responde en este momento.', detail: 'Vuelve a intentarlo en un rato.' }),
	wazzupElsewhere: () => ({
		text: 'Wazzup respondió con una dirección que no es suya.',
		detail: 'No se abrió nada. Avísale a quien administra n8n.',
	}),
	noWazzupChat: () => ({
		text: 'Este cliente no tiene chat en Wazzup.',
		detail: 'Escribió sin número de teléfono y por ningún otro canal.',
	}),
	wrongLogin: () => ({
		text: 'La cuenta o la contraseña no coincide.',
		detail: 'Revisa las dos, o pide un enlace de acceso a quien administra la bandeja.',
	}),
	tooManyLogins: ({ seconds }) => ({
		text: 'Demasiados intentos de entrar.',
		detail: `Vuelve a intentarlo en ${wait(seconds)}, o pide un enlace de acceso.`,
	}),
	loginBusy: () => ({
		text: 'Mucha gente está entrando en este momento.',
		detail: 'Espera unos segundos y vuelve a intentarlo.',
	}),
	linkEnded: () => ({
		text: 'Este enlace ya no sirve.',
		detail: 'Abre una sola vez, durante 15 minutos. Pide uno nuevo a quien administra la bandeja.',
	}),
	passwordShort: ({ least }) => ({
		text: 'La contraseña es muy corta.',
		detail: `Usa al menos ${least} caracteres: tres o cuatro palabras se recuerdan bien.`,
	}),
	passwordLong: ({ most }) => ({ text: 'La contraseña es muy larga.', detail: `Usa como máximo ${most} caracteres.` }),
	passwordSimple: () => ({
		text: 'La contraseña es muy simple.',
		detail: 'Elige una con más letras o números distintos.',
	}),
	passwordOfName: () => ({
		text: 'La contraseña está hecha con un nombre.',
		detail: 'Elige una sin tu nombre, tu correo, tu número ni el nombre de la empresa.',
	}),
	wrongPassword: () => ({
		text: 'La contraseña actual no es esa.',
		detail: 'Escribe la contraseña con la que entraste.',
	}),
	passwordChanged: () => ({
		text: 'La contraseña se cambió en otro lugar mientras tanto.',
		detail: 'Entra de nuevo con la nueva.',
	}),
	notEncrypted: () => ({
		text: 'La bandeja solo abre con una conexión cifrada.',
		detail: 'Abre la página con «https://». Quien administra n8n puede ponerle un certificado.',
	}),
	loggedOut: () => ({ text: 'Tu sesión terminó.', detail: 'Entra de nuevo.' }),
	otherSession: () => ({ text: 'Esta página es de otra sesión.', detail: 'Cárgala de nuevo y repítelo.' }),
	tooManyPages: () => ({ text: 'Tienes demasiadas páginas de la bandeja abiertas.', detail: 'Cierra algunas.' }),
	notNow: () => ({
		text: 'Esto no funcionó por ahora.',
		detail:
			'Vuelve a intentarlo en un momento. Si sigue igual, quien administra n8n encuentra la razón en su registro.',
	}),
	notAllowed: () => ({
		text: 'Tu rol no permite hacer esto.',
		detail: 'Pídeselo a quien supervisa o administra tu equipo.',
	}),
	notFound: () => ({
		text: 'Ya no existe o ya no es visible para ti.',
		detail: 'Puede que se haya asignado a otra persona, unido con otro o borrado.',
	}),
	unusableValue: () => ({
		text: 'Hay un dato que no sirve así.',
		detail: 'Corrígelo y vuelve a intentarlo. Si la página lleva mucho tiempo abierta, cárgala de nuevo.',
	}),
	tooLong: ({ most }) => ({ text: 'El texto es demasiado largo.', detail: `Usa como máximo ${most} letras.` }),
	requestTooLarge: () => ({ text: 'Es demasiado para una sola vez.', detail: 'Envía menos a la vez.' }),
	listMoved: () => ({ text: 'La lista no puede seguir desde ahí.', detail: 'Carga la página de nuevo.' }),
	requestUsed: () => ({
		text: 'Esto se cruzó con otra acción tuya.',
		detail: 'Carga la página de nuevo y repite lo que querías hacer.',
	}),
	mergedMeanwhile: () => ({ text: 'Este cliente se unió con otro mientras tanto.', detail: 'Vuelve a intentarlo.' }),
};
