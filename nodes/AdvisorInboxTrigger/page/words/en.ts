import { es, type Words } from './es';

export const en: Words = es;
