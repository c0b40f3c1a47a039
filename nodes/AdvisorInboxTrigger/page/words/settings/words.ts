import { computed } from '@preact/signals';

import { language } from '../words';
import { en } from './en';
import { es } from './es';
import { ptBR } from './ptBR';

const ALL = { es, en, 'pt-BR': ptBR } as const;

/** What the forms of the business profile say; they come with the settings, which few people open. */
export const settingsWords = computed(() => ALL[language.value]);
