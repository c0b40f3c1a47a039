import { es, type Words } from './es';

export const ptBR: Words = es;
