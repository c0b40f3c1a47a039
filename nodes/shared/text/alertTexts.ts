import { lookupTable } from '../domain/lookupTable';
import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

/** What is told of an alert, by kind, where the level says something else by kind and level. */
const OPEN = lookupTable<Words>({
	'volume low': {
		es: 'A las {hour} h llegaron {count} mensajes; lo usual son {usual} ({percent} %). Revisa el número y el webhook.',
		en: 'At {hour}:00 {count} messages came in; {usual} are usual ({percent} %). Check the number and the webhook.',
		'pt-BR': 'Às {hour} h chegaram {count} mensagens; o usual são {usual} ({percent} %). Confira o número e o webhook.',
	},
	'volume high': {
		es: 'A las {hour} h llegaron {count} mensajes; lo usual son {usual} ({percent} %). Puede hacer falta más gente.',
		en: 'At {hour}:00 {count} messages came in; {usual} are usual ({percent} %). More people may be needed.',
		'pt-BR': 'Às {hour} h chegaram {count} mensagens; o usual são {usual} ({percent} %). Pode faltar gente.',
	},
	errors: {
		es: 'Hoy falló el {percent} % del trabajo: {errors} de {messages} mensajes. Revisa «Problemas».',
		en: '{percent} % of today’s work failed: {errors} of {messages} messages. Look at the dead letters.',
		'pt-BR': 'Hoje falhou {percent} % do trabalho: {errors} de {messages} mensagens. Veja «Problemas».',
	},
	dead_letters: {
		es: '{count} pendientes que nadie pudo hacer solo. Esperan a una persona en «Problemas».',
		en: '{count} things could not be done by themselves. They wait for a person in the dead letters.',
		'pt-BR': '{count} pendências que ninguém conseguiu fazer sozinho. Esperam uma pessoa em «Problemas».',
	},
	sla: {
		es: '{name} espera a una persona hace {minutes} min.',
		en: '{name} has waited for a person for {minutes} min.',
		'pt-BR': '{name} espera uma pessoa há {minutes} min.',
	},
	quality: {
		es: 'Meta bajó la calidad del número {number} a {rating}. Envía menos plantillas y solo a quien las pidió.',
		en: 'Meta lowered the quality of {number} to {rating}. Send fewer templates, only to those who asked for them.',
		'pt-BR': 'A Meta baixou a qualidade do número {number} para {rating}. Envie menos modelos, só a quem pediu.',
	},
	template: {
		es: 'Meta dejó la plantilla {name} ({language}) en estado {state}. Mira el motivo con Get Starter Set Status o en WhatsApp Manager.',
		en: 'Meta set the template {name} ({language}) to {state}. See the reason with Get Starter Set Status or in WhatsApp Manager.',
		'pt-BR':
			'A Meta deixou o modelo {name} ({language}) com status {state}. Veja o motivo com Get Starter Set Status ou no WhatsApp Manager.',
	},
	token: {
		es: 'El token de acceso vence el {day}, en {days} días. Crea otro y cámbialo en la credencial.',
		en: 'The access token ends on {day}, in {days} days. Make another one and put it into the credential.',
		'pt-BR': 'O token de acesso vence em {day}, em {days} dias. Crie outro e troque-o na credencial.',
	},
	'token ended': {
		es: 'El token de acceso venció el {day}: nada se puede enviar. Crea otro y cámbialo en la credencial.',
		en: 'The access token ended on {day}: nothing can be sent. Make another one and put it into the credential.',
		'pt-BR': 'O token de acesso venceu em {day}: nada pode ser enviado. Crie outro e troque-o na credencial.',
	},
});

const OVER: Words = { es: 'Resuelto: ', en: 'Over: ', 'pt-BR': 'Resolvido: ' };

/** An alert in words. */
export function alertInWords(
	alert: {
		readonly kind: string;
		readonly level: string;
		readonly facts: Readonly<Record<string, string | number>>;
		readonly isOver: boolean;
	},
	language: Language,
): string {
	const words = OPEN.get(`${alert.kind} ${alert.level}`) ?? OPEN.get(alert.kind);
	const said = (words?.[language] ?? alert.kind).replace(/\{(\w+)\}/g, (_, name: string) =>
		String(alert.facts[name] ?? '').replace(/[\r\n]+/g, ' '),
	);
	return alert.isOver ? `${OVER[language]}${said}` : said;
}
