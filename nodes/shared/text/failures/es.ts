import type { FailureWords } from './failureWords';

const ASK_ADMINISTRATOR = 'Avisa a quien administra n8n.';
const LATER = 'Suele pasar solo: inténtalo de nuevo en unos minutos.';
const ACCOUNT_QUALITY = 'Quien administra la cuenta lo ve en «Calidad de la cuenta» de Meta Business Suite.';

/** What is said of failures in Spanish. */
export const es: FailureWords = {
	unknownCode: ['{who} no lo aceptó.', 'Inténtalo más tarde; si sigue igual, avisa a quien administra n8n.'],
	unknown: ['No se pudo hacer.', 'Inténtalo de nuevo; si sigue igual, avisa a quien administra n8n.'],
	vendorSays: '{who} dice: «{said}»',
	logSays: 'El registro dice: «{said}»',
	reasons: {
		accessEnded: [
			'El acceso a {who} venció o ya no es válido.',
			'Quien administra n8n renueva la clave en la credencial.',
		],
		noPermission: ['El acceso a {who} no tiene permiso para esto.', 'Quien administra n8n le da el permiso que falta.'],
		tooManyCalls: ['{who} recibió demasiado en poco tiempo.', 'Espera unos minutos e inténtalo de nuevo.'],
		vendorDown: ['{who} no está disponible por ahora.', LATER],
		unclear: ['{who} falló sin decir por qué.', LATER],
		notReached: [
			'No se pudo llegar a {who}: no salió nada.',
			'Inténtalo de nuevo; si sigue igual, avisa a quien administra n8n.',
		],
		noAnswer: ['{who} no respondió.', 'Puede haberse hecho de todos modos: revisa antes de repetirlo.'],
		unreadable: ['{who} respondió algo que no se entiende.', ASK_ADMINISTRATOR],
		badValue: ['{who} no aceptó un dato.', 'Corrígelo y vuelve a intentarlo.'],
		idUnknown: ['{who} no conoce ese registro.', 'Puede que se haya borrado, o que la credencial sea de otra cuenta.'],
		refused: ['{who} dijo que no.', ASK_ADMINISTRATOR],
		numberGone: [
			'El número ya no existe en WhatsApp.',
			'Fue borrado o pasó a otra cuenta: quien administra n8n elige otro.',
		],
		numberUnlinked: [
			'El número del asesor ya no está vinculado.',
			'Vincúlalo de nuevo, o responde desde el número de la empresa.',
		],
		numberNotRegistered: ['El número no está registrado en WhatsApp.', 'Se registra en WhatsApp Manager.'],
		numberRestricted: [
			'WhatsApp limitó el número porque muchas personas lo bloquearon o lo marcaron como spam.',
			'Detén las campañas y mira la calidad del número en WhatsApp Manager.',
		],
		registrationRefused: ['WhatsApp no registró el número.', 'Se revisa en WhatsApp Manager.'],
		accountBlocked: ['WhatsApp bloqueó la cuenta del negocio.', ACCOUNT_QUALITY],
		accountRestricted: [
			'WhatsApp limitó la cuenta por plantillas con la categoría equivocada.',
			'Corrige la categoría de las plantillas en WhatsApp Manager.',
		],
		noDisplayName: ['El número no tiene un nombre visible aprobado.', 'Se pone en WhatsApp Manager.'],
		noPaymentMethod: [
			'El medio de pago de la cuenta de WhatsApp no funciona.',
			'Se agrega o se corrige en la configuración del negocio en Meta.',
		],
		paymentTerms: ['Faltan por aceptar los términos de pagos de WhatsApp.', 'Se aceptan en WhatsApp Manager.'],
		countryClosed: ['La cuenta no puede escribir a ese país.', ACCOUNT_QUALITY],
		syncAsked: [
			'Esa sincronización ya se había pedido.',
			'Meta entrega cada una una sola vez. Lo nuevo sí se refleja.',
		],
		syncTooLate: [
			'Pasaron más de 24 horas desde que se vinculó el número.',
			'Para traer lo anterior, desvincúlalo en el teléfono y vincúlalo otra vez.',
		],
		windowOver: [
			'Pasaron más de 24 horas desde que la persona escribió.',
			'Envía una plantilla aprobada: fuera de las 24 horas solo llegan plantillas.',
		],
		weekOver: ['Pasaron más de 7 días desde que la persona escribió.', 'Hay que esperar a que vuelva a escribir.'],
		notReachable: [
			'El mensaje no le puede llegar a esta persona.',
			'No tiene cuenta allí, usa una versión antigua o no aceptó las condiciones. Búscala por otro medio.',
		],
		noChat: [
			'Esta persona no tiene un chat en ese canal.',
			'Solo se le puede escribir por la aplicación desde la que ella escribió.',
		],
		blocked: [
			'Este número está bloqueado.',
			'La persona bloqueó al negocio, o el negocio a ella. No le escribas de nuevo.',
		],
		heldBack: [
			'Meta retuvo el mensaje para no saturar a esta persona de publicidad.',
			'No lo repitas hoy. Cuando la persona escriba, puedes responderle.',
		],
		noMarketing: ['Esta persona no quiere publicidad.', 'No le envíes más publicidad; regístralo en sus datos.'],
		tooManyToPerson: [
			'Salieron demasiados mensajes a esta persona en poco tiempo.',
			'Espera un minuto e inténtalo de nuevo.',
		],
		sameNumber: ['Quien envía y quien recibe son el mismo número.', 'Elige otro número.'],
		needsPhone: [
			'Este mensaje necesita el número de teléfono de la persona.',
			'Pídeselo, o escríbele otro tipo de mensaje.',
		],
		empty: ['El mensaje está vacío.', 'Escribe algo o adjunta un archivo.'],
		textTooLong: ['El texto es demasiado largo.', 'Acórtalo o envíalo por partes.'],
		textOrFile: ['Un mensaje lleva texto o un archivo, no los dos.', 'Envía el texto en otro mensaje.'],
		typeRefused: ['{who} no admite este tipo de mensaje.', 'Escríbelo como texto.'],
		linkRefused: ['El enlace del mensaje no está permitido.', 'Envíalo sin el enlace.'],
		mentionRefused: ['La cuenta no permite menciones.', 'Escribe sin la mención.'],
		quoteGone: ['El mensaje que respondes ya no está en ese chat.', 'Envíalo sin citarlo.'],
		messageGone: ['Ese mensaje ya no está disponible.', 'No hay nada que hacer con él.'],
		commentGone: ['El comentario fue borrado.', 'Ya no hay a qué responder.'],
		notEditable: ['Ese mensaje ya no se puede editar.', 'Envía una corrección.'],
		notDeletable: ['Ese mensaje ya no se puede borrar.', 'Se queda en el chat.'],
		repeated: ['Este mensaje ya se había enviado hace menos de un minuto.', 'No se envió dos veces.'],
		spam: ['Lo tomaron por spam.', 'No lo repitas; escribe algo distinto a quien lo esté esperando.'],
		flowStopped: ['El formulario de WhatsApp está detenido.', 'Se revisa en WhatsApp Manager.'],
		unfit: [
			'El mensaje no cumple lo que se puede enviar.',
			'Escríbelo de otra manera; el detalle está en el registro de n8n.',
		],
		fileTypeRefused: ['No se admite ese tipo de archivo.', 'Envíalo en otro formato.'],
		fileTooLarge: ['El archivo es demasiado grande.', 'Envía uno más pequeño.'],
		fileNotTaken: [
			'WhatsApp no recibió el archivo.',
			'Revisa que se abra bien y que sea de un tipo que WhatsApp recibe.',
		],
		fileUnreachable: [
			'No se pudo traer el archivo desde su enlace.',
			'El enlace debe ser público y llevar directo al archivo.',
		],
		fileNotPublic: [
			'El archivo no tiene un enlace público, y Wazzup trae los archivos él mismo.',
			'Envíalo desde la ventana de Wazzup, o como un enlace que se abra sin iniciar sesión.',
		],
		fileExpired: ['El archivo del cliente ya no se puede descargar.', 'Pídele que lo envíe de nuevo.'],
		fileBroken: ['El archivo no llegó completo.', 'Inténtalo de nuevo, o pide que lo envíen otra vez.'],
		fileErased: ['El archivo ya no está guardado.', 'Fue borrado mientras esperaba. Envíalo de nuevo.'],
		templateMissing: ['La plantilla no existe en ese idioma o no está aprobada.', 'Elige otra de la lista.'],
		templateUnfilled: [
			'Los datos no son los que lleva la plantilla.',
			'Llénalos todos, como los muestra la plantilla.',
		],
		templateTooLong: ['La plantilla con sus datos es demasiado larga.', 'Acorta los datos.'],
		templatePolicy: ['La plantilla incumple una política de WhatsApp.', 'Se cambia en WhatsApp Manager.'],
		templatePaused: ['WhatsApp detuvo la plantilla por baja calidad.', 'Usa otra, o cambia esta en WhatsApp Manager.'],
		templateOff: ['WhatsApp desactivó la plantilla por baja calidad.', 'Hay que crear otra.'],
		marketingOff: ['Las plantillas de publicidad están apagadas en esta cuenta.', 'Usa una plantilla de utilidad.'],
		channelGone: [
			'El canal ya no existe en Wazzup.',
			'Fue quitado, o la credencial es de otra cuenta. Avisa a quien administra n8n.',
		],
		channelOff: ['El canal está bloqueado o apagado.', 'Se revisa en Wazzup, en «Canales».'],
		channelOffline: ['El canal no está conectado por ahora.', 'Se revisa en Wazzup, en «Canales».'],
		channelUnpaid: ['El canal de Wazzup no tiene saldo o no está pago.', 'Se paga en Wazzup.'],
		channelFull: ['El canal llegó a su límite de chats nuevos.', 'Espera un día, o se amplía el plan en Wazzup.'],
		mayNotWriteFirst: [
			'Por este canal solo se responde a quien escribió.',
			'Espera a que la persona escriba, o búscala por otro medio.',
		],
		otherMessenger: [
			'Ese chat es de otra aplicación que la del canal.',
			'Elige el canal por el que la persona escribió.',
		],
		cancelledThere: ['El mensaje se canceló en Wazzup.', 'Alguien lo detuvo antes de que saliera.'],
		keyLimited: [
			'La clave de Wazzup no alcanza para esto: es de otra integración.',
			'Quien administra Wazzup crea una clave propia en Integraciones, API.',
		],
		usersFull: ['Wazzup ya tiene 1.000 usuarios, su máximo.', 'Borra a quienes se fueron.'],
		userUnknown: ['Wazzup no conoce a este usuario.', 'Sincroniza el equipo con Wazzup y vuelve a intentarlo.'],
		contactUnknown: ['Wazzup no conoce a este contacto.', 'Sincroniza los contactos con Wazzup y vuelve a intentarlo.'],
		dealUnknown: ['Wazzup no conoce este negocio.', 'Fue borrado, o nunca se guardó allí.'],
		phoneTaken: ['Otro usuario de Wazzup tiene ese teléfono.', 'Cada teléfono es de un solo usuario.'],
		addressRefused: ['{who} no aceptó la dirección.', 'Debe ser https y pública, y su flujo debe estar activo.'],
		amountRefused: ['Stripe no cobra ese valor.', 'Es muy alto o muy bajo: cámbialo o divídelo.'],
		cardDeclined: ['La tarjeta fue rechazada.', 'El cliente puede intentar de nuevo o usar otra.'],
		balanceShort: [
			'El saldo de Stripe no alcanza para este reembolso.',
			'Se recarga en Stripe, o se espera a los próximos pagos.',
		],
		alreadyRefunded: ['Este pago ya se reembolsó completo.', 'No queda nada por reembolsar.'],
		disputed: ['El cliente disputó este pago con su banco.', 'La disputa se responde en Stripe.'],
		requestIdUsed: ['Ese pedido ya se usó para otro pago.', 'Pídelo de nuevo.'],
		customerAnswered: ['No se envió: el cliente escribió antes.', 'No hace falta hacer nada.'],
		nothingToRemind: ['No se envió: ya no hay nada que recordar.', 'No hace falta hacer nada.'],
		neverConfirmed: [
			'WhatsApp nunca dijo si este mensaje salió.',
			'Puede que le haya llegado: pregúntale antes de repetirlo.',
		],
		stopped: ['n8n se detuvo mientras se hacía esto.', 'Inténtalo de nuevo.'],
		executionEnded: ['El flujo terminó sin completarlo.', 'Quien administra n8n ve la ejecución allí.'],
	},
};
