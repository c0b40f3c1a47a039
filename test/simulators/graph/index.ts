/**
 * A local Graph API that behaves as Meta's WhatsApp Cloud API does: it refuses what Meta refuses, signs its webhooks,
 * redelivers what got no 200 and keeps a ledger. No account anywhere.
 *
 * ```ts
 * const sim = await startGraphSimulator({
 *   appId: '1000', appSecret: 'app-secret', accessToken: 'token', verifyToken: 'verify',
 *   numbers: [{ wabaId: '2000', phoneNumberId: '3000', displayPhoneNumber: '+57 300 111 2233', verifiedName: 'PROSUMINISTROS', country: 'CO' }],
 * });
 * await sim.setCallback('http://127.0.0.1:5678/webhook/x', { verify: true }); // or let the package subscribe by itself
 * const ana = sim.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
 * await ana.text('hola').delivered;                       // { acknowledged: true, attempts: 1, url }
 * const menu = await ana.waitFor((bubble) => bubble.buttons !== undefined);
 * ana.tapButton('1. Cotización');
 * sim.ledger.textsTo('573001234567');                     // what was sent, in order
 *
 * sim.hold(); ana.text('uno'); ana.text('dos');           // one POST, swapped, three times at once:
 * await sim.release({ as: 'together', order: 'reversed', copies: 3, concurrently: true });
 *
 * sim.faults.inject({ on: 'send', kind: 'reset', applied: true }); // it went out, no answer came
 * await sim.deliverRaw({ body: '[]', signature: 'invalid' });      // hostile webhook, answer returned
 * await sim.settled(); await sim.close();
 * ```
 *
 * Decisions where Meta's papers leave room: a free-form message outside the 24-hour window is accepted and then fails by
 * webhook with 131047, as are 131026, 131049, 131050 and 131053; 100, 190, 130429, 131008, 131009, 131021, 131056,
 * 131062 and 132xxx refuse at once. Nothing is sent to nobody: without a subscriber a webhook is dropped, not kept.
 *
 * The phone page is at the root of `baseUrl`, an advisor's own telephone at `/advisor`. In its own process: `node --import tsx test/simulators/graph/main.ts`,
 * driven over HTTP under `/simulator/` (see `remoteControl.ts`).
 */
export { startGraphSimulator } from './graphSimulator';
export { sign, writeAsMeta } from './webhookCourier';
export type * from './types';
