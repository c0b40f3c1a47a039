import type { Classification } from '../../classifier/types';
import type { Turn } from '../turn';
import { advance } from './flow';

/** Facts that count whenever they are said (B6). */
export function absorbFacts(turn: Turn, { entities }: Classification): void {
	if (entities.name !== undefined && turn.answer('name') === undefined) turn.keep('name', entities.name);
	if (entities.identification !== undefined && turn.answer('identification') === undefined) {
		turn.keep('identification', entities.identification);
		if (entities.identificationType !== undefined) turn.keep('identificationType', entities.identificationType);
	}
	if (entities.email !== undefined) turn.keep('email', entities.email);
	if (entities.city !== undefined && turn.fields['city'] === undefined) turn.keep('city', entities.city);
	if (entities.amount !== undefined) turn.keep('amount', String(entities.amount));
	if (entities.date !== undefined) turn.keep('date', entities.date);
	if (entities.phone !== undefined && entities.phone !== turn.contact.phone) turn.keep('phone', entities.phone);
	advance(turn);
}
