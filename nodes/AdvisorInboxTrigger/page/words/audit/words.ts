import { computed } from '@preact/signals';

import type { AuditLineView } from '../../../../shared/domain/inbox/views';
import { ownValue } from '../../../../shared/domain/ownValue';
import { language } from '../words';
import { en } from './en';
import { es } from './es';
import { ptBR } from './ptBR';

const ALL = { es, en, 'pt-BR': ptBR } as const;

/** What the lines of the audit log say; it comes with the log, which few people open. */
export const auditWords = computed(() => ALL[language.value]);

/** What was done, in the reader's language; a client's own workflow may write an action that has no words. */
export const actionInWords = (action: string): string => ownValue(auditWords.value.actions, action) ?? action;

/** What it was done to, and whose it is: "Caso PS-2026-000003 · Ana Peña". */
export function subjectInWords({ subjectKind, contactName, payload }: AuditLineView): string {
	const kind = subjectKind === undefined ? '' : (ownValue(auditWords.value.subjects, subjectKind) ?? subjectKind);
	const number = typeof payload?.number === 'string' ? payload.number : '';
	return [`${kind} ${number}`.trim(), contactName ?? ''].filter((part) => part !== '').join(' · ');
}
