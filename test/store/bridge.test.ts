import { BRUNO, BridgeDesk, CAROLINA, DIANA, LAURA, PEDRO, TEAM } from '../support/bridgeDesk';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	describe(`the bridge on ${name}`, () => {
		/** Carolina and Bruno have written today, so that cards reach them as messages with buttons. */
		async function desk(options: Parameters<typeof BridgeDesk.open>[1] = {}): Promise<BridgeDesk> {
			const made = await BridgeDesk.open(open, options);
			for (const advisor of [CAROLINA, BRUNO, DIANA]) await made.says(advisor, 'entro');
			return made;
		}

		async function handedOver(options: Parameters<typeof BridgeDesk.open>[1] = {}): Promise<BridgeDesk> {
			const made = await desk(options);
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			return made;
		}

		test('P6: a customer who asks for a person makes one card with name, need and two buttons', async () => {
			const made = await handedOver();
			const card = made.last(BRUNO);
			expect(card.text).toContain('Laura Gómez');
			expect(card.text).toContain('Pidió hablar con una persona');
			expect(Object.keys(card.buttons)).toEqual(['Lo tomo', 'Paso']);
			expect(made.to(CAROLINA)).toHaveLength(1);
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'waiting' });
		});
	});
});
