import { computed } from '@preact/signals';

import { language } from '../words';
import { en } from './en';
import { es } from './es';
import { ptBR } from './ptBR';

export type NumbersWords = typeof es;

const ALL = { es, en, 'pt-BR': ptBR } as const;

/** What the view of linked numbers says; it comes with the view, which few people open. */
export const numbersWords = computed<NumbersWords>(() => ALL[language.value]);
