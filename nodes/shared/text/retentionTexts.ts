import type { Language } from '../domain/profile/businessProfile';

export interface RetentionFigures {
	readonly dryRun: boolean;
	readonly conversations: number;
	readonly messages: number;
	readonly files: number;
	readonly contacts: number;
	readonly skipped: number;
	readonly failed: number;
}

type Sentence = (figures: RetentionFigures) => string;

const DONE: Readonly<Record<Language, Sentence>> = {
	es: ({ messages, files, contacts, conversations }) =>
		`Se borraron por antigüedad ${messages} mensajes, ${files} archivos y ${contacts} contactos de ${conversations} conversaciones.`,
	en: ({ messages, files, contacts, conversations }) =>
		`Erased because of their age: ${messages} messages, ${files} files and ${contacts} contacts of ${conversations} conversations.`,
	'pt-BR': ({ messages, files, contacts, conversations }) =>
		`Foram apagados por antiguidade ${messages} mensagens, ${files} arquivos e ${contacts} contatos de ${conversations} conversas.`,
};

const PLANNED: Readonly<Record<Language, Sentence>> = {
	es: ({ messages, files, contacts, conversations }) =>
		`Se borrarían por antigüedad ${messages} mensajes, ${files} archivos y ${contacts} contactos de ${conversations} conversaciones. Todavía no se ha borrado nada.`,
	en: ({ messages, files, contacts, conversations }) =>
		`Old enough to be erased: ${messages} messages, ${files} files and ${contacts} contacts of ${conversations} conversations. Nothing is erased yet.`,
	'pt-BR': ({ messages, files, contacts, conversations }) =>
		`Seriam apagados por antiguidade ${messages} mensagens, ${files} arquivos e ${contacts} contatos de ${conversations} conversas. Nada foi apagado ainda.`,
};

const SKIPPED: Readonly<Record<Language, Sentence>> = {
	es: ({ skipped }) => `${skipped} se conservan: tienen un lead o un caso abierto.`,
	en: ({ skipped }) => `${skipped} are kept: they have a lead or an open case.`,
	'pt-BR': ({ skipped }) => `${skipped} são mantidas: têm um lead ou um caso aberto.`,
};

const FAILED: Readonly<Record<Language, Sentence>> = {
	es: ({ failed }) => `${failed} no se pudieron revisar; la próxima vez se intenta de nuevo.`,
	en: ({ failed }) => `${failed} could not be done; the next run tries again.`,
	'pt-BR': ({ failed }) => `${failed} não puderam ser revisadas; a próxima execução tenta de novo.`,
};

/** What went, or would go, because of its age, for the people of the business. */
export function retentionInWords(figures: RetentionFigures, language: Language): string {
	return [
		(figures.dryRun ? PLANNED : DONE)[language](figures),
		...(figures.skipped > 0 ? [SKIPPED[language](figures)] : []),
		...(figures.failed > 0 ? [FAILED[language](figures)] : []),
	].join(' ');
}
