/**
 * `npm run demo`: the whole product on this machine, with a simulated Meta, to chat as a customer. No account anywhere.
 * `npm run demo -- --check` plays a customer, checks what came of it and ends with 0 or 1.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';

import { projectRoot } from '../support/host/folders';
import { connectTemplates } from '../support/host/connectedTemplates';
import { carolina, loginLinkFor, paula } from '../support/host/inboxTeam';
import { portOrFree } from '../support/host/ports';
import { laura, playQuotation } from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding } from '../support/host/storeEnding';
import { checkQuotation } from './checklist';

const demoFolder = join(projectRoot, '.cache', 'demo');
const owner = { email: 'demo@example.com', password: 'Demostracion1' };

const print = (line = ''): void => {
	process.stdout.write(`${line}\n`);
};
const bold = (text: string): string => styleText('bold', text);
const dim = (text: string): string => styleText('dim', text);
const green = (text: string): string => styleText('green', text);
const red = (text: string): string => styleText('red', text);

/** Prints each step with the second it began in. */
function narrator(): (line: string) => void {
	const began = Date.now();
	return (line) => print(`  ${dim(`${((Date.now() - began) / 1_000).toFixed(0).padStart(3)} s`)}  ${line}`);
}

async function check(): Promise<boolean> {
	const folder = join(demoFolder, 'check');
	rmSync(folder, { recursive: true, force: true });
	print();
	print(bold('  WhatsApp CRM · a customer asks for a quotation with a photo'));
	print(dim('  A real n8n, a simulated Meta, the packed package. About a minute; nothing leaves this machine.'));
	print();
	const narrate = narrator();
	const desk = await startServiceDesk({ folder, narrate });
	try {
		const lines = await desk.explain(async () => {
			const [{ simulator, workspaceId }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });
			await playQuotation(simulator, customer, { narrate: (line) => narrate(`${laura.name}: ${line}`) });
			await simulator.settled(30_000);
			const ending = await restingEnding(desk.store, workspaceId);
			return checkQuotation(
				ending,
				customer.received.map(({ text }) => text),
			);
		});
		print();
		for (const { fine, line, detail } of lines) {
			print(`  ${fine ? green('✓') : red('✗')} ${line}`);
			if (detail !== undefined) print(dim(detail.replaceAll(/^/gm, '      ')));
		}
		print();
		const failed = lines.filter(({ fine }) => !fine).length;
		print(
			failed === 0 ? green('  All of it is as promised.') : red(`  ${failed} of ${lines.length} are not as promised.`),
		);
		return failed === 0;
	} finally {
		await desk.stop();
	}
}

async function banner(desk: ServiceDesk): Promise<void> {
	const [{ simulator, wazzup, workflows, inboxUrl }] = desk.clients;
	const line = dim(`  ${'─'.repeat(76)}`);
	const entry = (icon: string, title: string, address: string): void =>
		print(`  ${icon} ${title.padEnd(42)} ${bold(address)}`);
	print();
	print(line);
	print(`  ${bold('PROSUMINISTROS atiende por WhatsApp')} ${dim('· the desk is open')}`);
	print(line);
	entry('📱', "Teléfono del cliente · customer's phone", `${simulator.baseUrl}/`);
	entry('📲', "Teléfono de un asesor · an advisor's phone", `${simulator.baseUrl}/advisor`);
	entry('💬', "Wazzup: chats del equipo · team's chats", `${wazzup.origin}/`);
	if (inboxUrl !== undefined) {
		// She has a telephone, so that customers can be sent there.
		await loginLinkFor(desk.n8n, carolina);
		entry('🗂️ ', "Bandeja de asesores · advisors' inbox", await loginLinkFor(desk.n8n, paula));
		print(dim('     el enlace entra como Paula Restrepo, una vez, en los próximos 15 minutos: elige una contraseña'));
		print(dim('     the link logs you in as Paula Restrepo, once, within 15 minutes: choose a password'));
		print(dim(`     ${'después · afterwards'.padEnd(40)} ${paula.email}  ${inboxUrl}`));
	}
	entry('🧩', 'Editor de n8n · n8n editor', desk.n8n.url);
	print(dim(`     ${'usuario y clave · login'.padEnd(40)} ${owner.email}  ${owner.password}`));
	print(dim(`     ${workflows.length} flujos publicados o listos · workflows, published or ready to run`));
	print();
	print('  Escribe «hola» en el teléfono y mira la bandeja al lado: README.es.md, «Un recorrido de cinco minutos».');
	print(dim('  Write "hola" on the phone and watch the inbox beside it: README.md, "A tour of five minutes".'));
	print();
	print('  Ctrl+C termina; los datos quedan en .cache/demo (npm run demo -- --fresh empieza de nuevo).');
	print(dim('  Ctrl+C ends it; the data stay in .cache/demo (npm run demo -- --fresh starts anew).'));
	print(line);
}

async function stay(folder: string, fresh: boolean): Promise<void> {
	if (fresh) rmSync(folder, { recursive: true, force: true });
	print();
	print(bold('  WhatsApp CRM · demostración'));
	print(dim('  Enciende n8n, PostgreSQL y un Meta simulado en este equipo; la primera vez tarda unos 30 segundos.'));
	print(dim('  Starts n8n, PostgreSQL and a simulated Meta on this machine; about 30 seconds the first time.'));
	print();
	const desk = await startServiceDesk({
		folder,
		narrate: narrator(),
		n8n: { owner, port: await portOrFree(5678) },
		// A tick turns blue when the person reads, and that is who looks at the page.
		simulator: { port: await portOrFree(5680), statuses: {} },
		wazzup: { port: await portOrFree(5682) },
	});
	await connectTemplates(desk.n8n.api, desk.clients[0].workflows);
	await banner(desk);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
	});
	print();
	print('  Apagando · stopping …');
	await desk.stop();
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			check: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			/** Another place for the data, e.g. of a test. */
			folder: { type: 'string', default: join(demoFolder, 'desk') },
		},
	});
	if (!values.check) {
		await stay(values.folder, values.fresh);
		return;
	}
	const fine = await check();
	process.exitCode = fine ? 0 : 1;
}

main().catch((error: unknown) => {
	print();
	print(red(`  ${error instanceof Error ? error.message : String(error)}`));
	process.exitCode = 1;
});
