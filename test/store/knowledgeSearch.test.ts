import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import {
	entriesById,
	entryByKey,
	findByWords,
	itemBySku,
	itemsById,
	keptKinds,
	listEntries,
	listItems,
} from '../../nodes/shared/store/repositories/knowledge';
import { countUnanswered } from '../../nodes/shared/store/repositories/unansweredQuestions';
import { answerableKinds, answerFromKnowledge } from '../../nodes/shared/usecases/knowledge/answerFromKnowledge';
import { importItems } from '../../nodes/shared/usecases/knowledge/importItems';
import { importDocument, saveEntry } from '../../nodes/shared/usecases/knowledge/saveEntry';
import { searchKnowledge } from '../../nodes/shared/usecases/knowledge/searchKnowledge';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const list = Array.from({ length: 120 }, (_, index) => ({
	SKU: `M${index}`,
	Nombre: `Monitor LG ${1000 + index}`,
	Precio: String(500_000 + index),
}));

eachDatabase((_name, open) => {
	test('B20: whatever is asked of the knowledge is answered from an index: its cost does not grow with the catalogue', async () => {
		const { store, assertNoScan, queries } = watched(await open());
		const { db, workspaceId } = store;
		await importItems(store, list, { dryRun: false, actor: 'test', wholeCatalogue: true });
		await saveEntry(store, { title: '¿Qué garantía tienen?', answer: 'Un año.' }, 'test');
		await importDocument(store, { source: 'Políticas', text: '# Envíos\nA todo el país.' }, 'test');
		const before = store.newId();
		for (const page of [{ limit: 50 }, { before, limit: 50 }, { limit: 50, active: true }]) {
			await listItems(db, workspaceId, page);
			await listEntries(db, workspaceId, page);
			await listEntries(db, workspaceId, { ...page, source: 'Políticas' });
		}
		await itemBySku(db, workspaceId, 'M1');
		await entryByKey(db, workspaceId, 'x');
		await itemsById(db, workspaceId, [before]);
		await entriesById(db, workspaceId, [before]);
		await keptKinds(db, workspaceId);
		await findByWords(db, store, 'item', [['monitor'], ['lg', '0lg']], 60);
		await countUnanswered(db, workspaceId, { since: 1, limit: 5 });
		const kept = (await answerableKinds(store, profiles.prosuministros)) ?? new Set();
		const asked = [
			'¿cuánto vale el monitor lg 1007?',
			'¿cuánto vale el monitr lj 1007?',
			'¿qué garantía tienen?',
			'¿dictan clases?',
		];
		await answerFromKnowledge(
			store,
			profiles.prosuministros,
			kept,
			asked.map((text, index) => ({ id: String(index), text, language: 'es' })),
		);

		expect(queries().length).toBeGreaterThan(15);
		await assertNoScan();
	});

	test('the right one of many that are nearly alike is found, by its number and with slips of the finger', async () => {
		const store = await open();
		await importItems(store, list, { dryRun: false, actor: 'test' });

		expect(await searchKnowledge(store, 'cuanto cuesta el moniter lg 1077')).toMatchObject({
			result: 'answer',
			sources: [{ title: 'Monitor LG 1077' }],
		});
		expect(await searchKnowledge(store, '¿cuánto cuesta el monitor lg 9999?')).toMatchObject({ result: 'none' });
		// 120 that fit alike are a catalogue and no choice of three.
		expect(await searchKnowledge(store, '¿qué precio tienen los monitores?')).not.toMatchObject({ result: 'several' });
	});

	test('words that look like operators of the full-text search are only words', async () => {
		const store = await open();
		await saveEntry(store, { title: '¿Qué garantía tienen?', answer: 'Un año.' }, 'test');

		for (const text of [
			'"garantía" OR *',
			"¿garantía' | !a & b?",
			'words:garantía NEAR(x)?',
			'¿(((garantía:*?',
			'¿\\garantía?',
		])
			expect([text, await searchKnowledge(store, text)]).toMatchObject([text, { text }]);
		expect(await findByWords(store.db, store, 'entry', [['a" OR "b'], ["x' | 'y"]], 5)).toEqual([]);
	});

	test('an item that is switched off, deleted or of another workspace is not found', async () => {
		const store = await open();
		const other = await open({ workspaceId: `${store.workspaceId}-2` });
		await importItems(store, list.slice(0, 2), { dryRun: false, actor: 'test' });
		const find = async (from: typeof store) => await findByWords(from.db, from, 'item', [['monitor']], 5);

		expect(await find(store)).toHaveLength(2);
		expect(await find(other)).toEqual([]);
		await importItems(store, [{ SKU: 'M0', Activo: 'no' }], { dryRun: false, actor: 'test' });
		expect(await find(store)).toHaveLength(1);
		await importItems(store, [{ SKU: 'M0', Activo: 'sí' }], { dryRun: false, actor: 'test' });
		expect(await find(store)).toHaveLength(2);
	});
});
