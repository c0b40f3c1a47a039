/**
 * A local Wazzup (API v3) that refuses what Wazzup refuses and keeps users, contacts, deals and chats. No account anywhere.
 *
 * ```ts
 * const sim = await startWazzupSimulator({
 *   apiKey: 'key', channels: [{ channelId: '…uuid…', transport: 'whatsapp', plainId: '573001112233' }],
 * });
 * // The package sets the address itself: PATCH /webhooks, which is probed with {"test":true}.
 * const ana = sim.person({ channelId, chatId: '573001234567', name: 'Ana' });
 * await ana.text('hola').delivered;                       // { delivered: true, status: 200, answer }
 * ana.received;                                           // what was sent to her
 * sim.advisorWrites(ana.chat, 'Soy Laura');               // isEcho: true, from Wazzup's window
 * await sim.events.createDeal({ responsibleUserId, contacts, source: 'byUser' }); // waits for the deal in the answer
 * sim.faults.inject({ on: 'POST /contacts', kind: 'reset', applied: true });      // saved, but nobody heard of it
 * sim.account.contacts;                                   // what Wazzup knows now
 * ```
 *
 * The chat window is at the address that `POST /iframe` answers. In its own process: `node --import tsx
 * test/simulators/wazzup/main.ts`, driven over HTTP under `/simulator/` (see `remoteControl.ts`).
 */
export { startWazzupSimulator } from './wazzupSimulator';
export type { Person, WazzupSimulator } from './wazzupSimulator';
export type * from './types';
