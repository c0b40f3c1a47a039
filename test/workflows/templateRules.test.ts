import { readdirSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, type INode, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';

import { NodeTypesOfTheTest } from '../support/engine/nodeTypes';
import { packageName, projectFolder } from '../support/registered';
import { shippedWorkflow, type ShippedWorkflow } from '../support/templateDesk';

const files = readdirSync(path.join(projectFolder, 'workflows')).filter((file) => file.endsWith('.json'));
const nodeTypes = new NodeTypesOfTheTest();

const isSticky = ({ type }: INode): boolean => type === 'n8n-nodes-base.stickyNote';
const isOurs = ({ type }: INode): boolean => type.startsWith(`${packageName}.`);
/** Switched off: a suggestion for the operator to fill in and switch on. It costs nothing until then. */
const isExample = ({ disabled }: INode): boolean => disabled === true;
/** Calls another workflow of ours and waits for its end. */
const isAwaited = ({ type, parameters }: INode): boolean =>
	type === 'n8n-nodes-base.executeWorkflow' &&
	(parameters.options as { waitForSubWorkflow?: unknown } | undefined)?.waitForSubWorkflow !== false;
const isTrigger = (node: INode): boolean => /trigger$/i.test(node.type);
const onCanvas = ({ nodes }: ShippedWorkflow): INode[] => nodes.filter((node) => !isSticky(node));
/** A model or a tool: it hangs below another node, and n8n reads its parameters only when that one asks for it. */
const hangsBelow = ({ connections }: ShippedWorkflow, { name }: INode): boolean =>
	Object.keys(connections[name] ?? {}).some((type) => type.startsWith('ai_'));
const descriptionOf = ({ type, typeVersion }: INode): INodeTypeDescription =>
	nodeTypes.getByNameAndVersion(type, typeVersion).description;

interface Wire {
	readonly from: string;
	readonly output: number;
	readonly to: string;
}

const wiresOf = ({ connections }: ShippedWorkflow): Wire[] =>
	Object.entries(connections).flatMap(([from, { main = [] }]) =>
		main.flatMap((targets, output) => (targets ?? []).map(({ node }) => ({ from, output, to: node }))),
	);

function outputNames(node: INode): readonly string[] {
	const { outputs, outputNames: names } = descriptionOf(node);
	if (typeof outputs === 'string' && names) return names;
	if (typeof outputs === 'string') {
		// Switch: one output a rule, and the one for everything else.
		const rules = (node.parameters.rules as { values?: unknown[] } | undefined)?.values ?? [];
		const fallback = (node.parameters.options as { fallbackOutput?: unknown } | undefined)?.fallbackOutput;
		return [...rules.map((_, index) => `rule ${index + 1}`), ...(fallback === 'extra' ? ['fallback'] : [])];
	}
	return outputs.map((_, index) => names?.[index] ?? `output ${index + 1}`);
}

/** What n8n keeps of the parameters when it saves: names that the node version does not know are gone. */
function knownParameters(node: INode): INodeParameters | null {
	const description = descriptionOf(node);
	return NodeHelpers.getNodeParameters(description.properties, node.parameters, false, false, node, description);
}

interface Rectangle {
	readonly name: string;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

function stickyArea(node: INode): Rectangle {
	const { width = 240, height = 160 } = node.parameters as { width?: number; height?: number };
	const [left, top] = node.position;
	return { name: node.name, left, top, right: left + width, bottom: top + height };
}

/** The square or, with more than two outputs, the column that n8n 2.41 draws, measured in its editor; 224 wide where a model can be connected below. */
function drawnArea(node: INode): Rectangle {
	const [left, top] = node.position;
	const { inputs } = descriptionOf(node);
	const isWide = Array.isArray(inputs) && inputs.some((input) => typeof input !== 'string' && input.type !== 'main');
	const outputs = outputNames(node).length + (node.onError === 'continueErrorOutput' ? 1 : 0);
	const height = 96 + Math.max(0, outputs - 2) * 32;
	return { name: node.name, left, top, right: left + (isWide ? 224 : 96), bottom: top + height };
}

/** A node with what n8n writes below it: a name of two lines, "(Deactivated)", what it does. */
function nodeArea(node: INode): Rectangle {
	const drawn = drawnArea(node);
	return { ...drawn, bottom: drawn.bottom + (node.disabled === true ? 100 : 72) };
}

/** A node with its name, which is twice as wide, and behind the last one of a branch the plus that adds another. */
function roomOf(workflow: ShippedWorkflow, node: INode): Rectangle {
	const area = nodeArea(node);
	const isWide = area.right - area.left > 96;
	const isLast = !hangsBelow(workflow, node) && !wiresOf(workflow).some(({ from }) => from === node.name);
	const besides = isWide ? 0 : 40;
	return { ...area, left: area.left - besides, right: area.right + (isLast ? 80 : besides) };
}

interface Point {
	readonly x: number;
	readonly y: number;
}

/** Where n8n draws a wire: a curve from the middle of an output to the middle of what follows. */
function courseOf(workflow: ShippedWorkflow, { from, output, to }: Wire): Point[] {
	const named = (name: string): INode => {
		const found = workflow.nodes.find((node) => node.name === name);
		if (!found) throw new Error(`No node is named '${name}'`);
		return found;
	};
	const source = named(from);
	const outputs = outputNames(source).length + (source.onError === 'continueErrorOutput' ? 1 : 0);
	const start = drawnArea(source);
	const end = drawnArea(named(to));
	const startY = start.top + ((start.bottom - start.top) * (output + 1)) / (outputs + 1);
	const endY = (end.top + end.bottom) / 2;
	const width = end.left - start.right;
	return Array.from({ length: 99 }, (_, place) => {
		const share = (place + 1) / 100;
		const rest = 1 - share;
		// Both control points lie in the middle of the way.
		const middle = 3 * rest * rest * share + 3 * rest * share * share;
		return {
			x: rest ** 3 * start.right + middle * (start.right + width / 2) + share ** 3 * end.left,
			y: (rest ** 3 + 3 * rest * rest * share) * startY + (3 * rest * share * share + share ** 3) * endY,
		};
	});
}

const isIn = ({ x, y }: Point, area: Rectangle): boolean =>
	x > area.left && x < area.right && y > area.top && y < area.bottom;

const overlap = (one: Rectangle, other: Rectangle): boolean =>
	one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
const inside = (inner: Rectangle, outer: Rectangle): boolean =>
	inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Where a note is written on: as wide as its longest line, as high as its text. */
function writtenArea(node: INode): Rectangle {
	const area = stickyArea(node);
	const longest = Math.max(
		...String(node.parameters.content)
			.split('\n')
			.map((line) => line.length * (line.startsWith('#') ? 10 : 7)),
	);
	return { ...area, right: Math.min(area.right, area.left + 16 + longest), bottom: area.top + textHeight(node) };
}

/** Height that a note's text takes: n8n writes it with about 7.2 pixels a letter, 22 a line, and more for a heading. */
function textHeight(node: INode): number {
	const { width = 240, content = '' } = node.parameters as { width?: number; content?: string };
	const room = Math.max(1, Math.floor((width - 32) / 7.2));
	return content.split('\n').reduce((height, line) => {
		if (line.trim() === '') return height + 8;
		const heading = line.startsWith('#');
		const lines = Math.ceil(line.replace(/[*#_]/g, '').length / (heading ? room * 0.7 : room));
		return height + lines * (heading ? 32 : 22);
	}, 24);
}

describe.each(files)('workflows/%s', (file) => {
	const workflow = shippedWorkflow(file);
	const text = JSON.stringify(workflow);
	const notes = workflow.nodes.filter(isSticky);
	const overviews = notes.filter(({ parameters }) => parameters.color === undefined);
	const sections = notes.filter(({ parameters }) => parameters.color !== undefined);

	test('the title says what it does, names the application and has at most 80 characters', () => {
		expect(workflow.name.length).toBeLessThanOrEqual(80);
		expect(workflow.name).toMatch(/WhatsApp/);
		expect(workflow.name).toMatch(/^\p{Lu}[^.]*$/u);
	});

	test('one overview in 100 to 300 words says how it works and how it is set up', () => {
		expect(overviews).toHaveLength(1);
		const content = String(overviews[0]?.parameters.content);
		expect(wordsIn(content)).toBeGreaterThanOrEqual(100);
		expect(wordsIn(content)).toBeLessThanOrEqual(300);
		expect(content).toContain('## Cómo funciona');
		expect(content).toContain('## Configuración');
		expect(content).toContain('**Para quién:**');
	});

	test('each section has a short note, and every node stands inside exactly one', () => {
		for (const note of sections) {
			expect(note.parameters.color).toBe(7);
			expect(wordsIn(String(note.parameters.content))).toBeLessThan(50);
		}
		for (const node of onCanvas(workflow)) {
			const around = sections.map(stickyArea).filter((area) => inside(roomOf(workflow, node), area));
			expect([node.name, around.length]).toEqual([node.name, 1]);
		}
	});

	test('no note overlaps another, no node another, and no text is cut off or hidden behind a node', () => {
		const areas = notes.map(stickyArea);
		const nodes = onCanvas(workflow).map(nodeArea);
		const pairs = [areas, nodes].flatMap((list) =>
			list.flatMap((one, place) =>
				list
					.slice(place + 1)
					.filter((other) => overlap(one, other))
					.map((other) => [one.name, other.name]),
			),
		);
		expect(pairs).toEqual([]);
		for (const note of notes) {
			const area = stickyArea(note);
			const written = { ...area, bottom: area.top + textHeight(note) };
			expect([note.name, inside(written, area)]).toEqual([note.name, true]);
			expect(nodes.filter((node) => overlap(node, written)).map(({ name }) => name)).toEqual([]);
		}
	});

	test('every wire leads to the right, over no text and behind no other node', () => {
		const drawn = onCanvas(workflow).map(drawnArea);
		const written = notes.map(writtenArea);
		const disturbed = wiresOf(workflow).flatMap((wire) => {
			const [start, end] = [wire.from, wire.to].map((name) => drawn.find((area) => area.name === name));
			if (start === undefined || end === undefined || end.left - start.right < 48)
				return [[wire.from, wire.to, 'back']];
			const course = courseOf(workflow, wire);
			return [...written, ...drawn.filter(({ name }) => name !== wire.from && name !== wire.to)]
				.filter((area) => course.some((point) => isIn(point, area)))
				.map(({ name }) => [wire.from, wire.to, name]);
		});
		expect(disturbed).toEqual([]);
	});

	test('the overview ends where its text ends', () => {
		for (const overview of overviews) {
			const { top, bottom } = stickyArea(overview);
			expect(bottom - top - textHeight(overview)).toBeLessThanOrEqual(60);
		}
	});

	test('every node is named after what it does, and every name once', () => {
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const node of onCanvas(workflow)) {
			expect(node.name).not.toBe(descriptionOf(node).defaults.name);
			expect(node.name).not.toBe(descriptionOf(node).displayName);
			expect(node.name).not.toMatch(/\d$/);
		}
	});

	test('every node is one of n8n or of this package, in a version that exists', () => {
		for (const node of onCanvas(workflow)) {
			expect(node.type).toMatch(new RegExp(`^(n8n-nodes-base|@n8n/n8n-nodes-langchain|${packageName})\\.`));
			expect([descriptionOf(node).version].flat()).toContain(node.typeVersion);
			expect(node.type).not.toMatch(/\.(code|httpRequest|function)$/);
		}
	});

	test('every parameter exists on that version of the node, and no panel opens with an issue', () => {
		for (const node of onCanvas(workflow)) {
			const description = descriptionOf(node);
			const unknown = Object.keys(node.parameters).filter(
				(name) => !description.properties.some((property) => property.name === name),
			);
			expect([node.name, unknown]).toEqual([node.name, []]);
			// What n8n would keep, with what equals a default left out on both sides.
			const kept = knownParameters(node) ?? {};
			const lost = Object.entries(node.parameters).filter(
				([name, value]) =>
					!(name in kept) &&
					!description.properties.some(
						(property) => property.name === name && JSON.stringify(property.default) === JSON.stringify(value),
					),
			);
			expect([node.name, lost]).toEqual([node.name, []]);
			const complete = NodeHelpers.getNodeParameters(
				description.properties,
				node.parameters,
				true,
				false,
				node,
				description,
			);
			if (isExample(node)) continue;
			const opened = { ...node, parameters: complete ?? {} };
			expect([node.name, NodeHelpers.getNodeParametersIssues(description.properties, opened, description)]).toEqual([
				node.name,
				null,
			]);
		}
	});

	test('wires join nodes that exist, every node is reached, and every output of a branching node goes somewhere', () => {
		const wires = wiresOf(workflow);
		const names = onCanvas(workflow).map(({ name }) => name);
		for (const { from, to } of wires) expect(names).toEqual(expect.arrayContaining([from, to]));
		const reached = new Set(wires.map(({ to }) => to));
		const triggers = onCanvas(workflow).filter(isTrigger);
		// What starts by itself starts in one place; a person may have a button besides.
		const buttons = triggers.filter(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		expect(triggers.length - buttons.length <= 1 && buttons.length <= 1).toBe(true);
		const onTheWay = onCanvas(workflow).filter((node) => !hangsBelow(workflow, node));
		const unreached = onTheWay.filter(({ name }) => !reached.has(name));
		expect(unreached.map(({ name }) => name)).toEqual(triggers.map(({ name }) => name));
		for (const node of onCanvas(workflow).filter((candidate) => hangsBelow(workflow, candidate))) {
			const above = Object.values(workflow.connections[node.name] ?? {}).flat(2);
			expect(names).toEqual(expect.arrayContaining(above.map((target) => target?.node)));
		}
		for (const node of onCanvas(workflow)) {
			const outputs = outputNames(node);
			if (outputs.length < 2) continue;
			const deliberate = outputs.filter((_, output) =>
				wires.some((wire) => wire.from === node.name && wire.output === output),
			);
			expect([node.name, deliberate]).toEqual([node.name, outputs]);
		}
	});

	test('it holds no secret, telephone, mail address, address of ours, id of an instance or value of the environment', () => {
		expect(text).not.toMatch(/EAA[A-Za-z0-9]{10,}|sk_(live|test)_|whsec_|Bearer |eyJ[A-Za-z0-9_-]{10,}/);
		expect(text).not.toMatch(/\+\d{8,15}|57\d{10}/);
		expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w+/);
		expect(text).not.toMatch(/https?:\/\//);
		expect(text).not.toMatch(/instanceId|\$env|localhost|127\.0\.0\.1/);
	});

	test('it imports twice: no webhook id, and credentials by name only, the same name for the same type', () => {
		expect(text).not.toContain('"webhookId"');
		const wanted = {
			whatsAppCloudApi: 'WhatsApp Cloud',
			whatsAppCrmStoreApi: 'WhatsApp CRM Store',
			stripePaymentsApi: 'Stripe',
			wazzupApi: 'Wazzup',
		};
		for (const node of onCanvas(workflow).filter(isOurs)) {
			for (const [type, credential] of Object.entries(node.credentials ?? {})) {
				expect(credential).toEqual({ id: null, name: wanted[type as keyof typeof wanted] });
			}
			const needed = (descriptionOf(node).credentials ?? []).map(({ name }) => name);
			expect(Object.keys(node.credentials ?? {})).toContain('whatsAppCrmStoreApi');
			if (descriptionOf(node).credentials?.some(({ name, required }) => name === 'whatsAppCloudApi' && required)) {
				expect(Object.keys(node.credentials ?? {})).toEqual(expect.arrayContaining(needed));
			}
		}
	});

	test('settings: order of the canvas, no copy of customers in executions, credentials still to be set up', () => {
		expect(workflow.settings.executionOrder).toBe('v1');
		expect(workflow.settings.saveDataSuccessExecution).toBe('none');
		expect(workflow.settings.errorWorkflow).toBeUndefined();
		expect(workflow.meta?.templateCredsSetupCompleted ?? false).toBe(false);
	});

	test('it stays quick: at most 15 nodes, and at most one of them has expressions', () => {
		expect(onCanvas(workflow).length).toBeLessThanOrEqual(15);
		const withExpressions = onCanvas(workflow).filter(
			(node) => !isExample(node) && !hangsBelow(workflow, node) && /"=[^"]*\{\{/.test(JSON.stringify(node.parameters)),
		);
		expect(withExpressions.length).toBeLessThanOrEqual(1);
		expect(withExpressions.filter(isOurs)).toEqual([]);
	});

	test('a node that is not ours goes on when it fails: one customer must not stop another', () => {
		for (const node of onCanvas(workflow).filter((candidate) => !isOurs(candidate))) {
			if (isAwaited(node)) {
				// What it was asked for is asked for again, alone, by the trigger; going on would forget it.
				expect([node.name, node.onError]).toEqual([node.name, undefined]);
				continue;
			}
			expect([node.name, node.onError]).toEqual([node.name, 'continueRegularOutput']);
		}
	});
});

describe('the bot', () => {
	const workflow = shippedWorkflow('customer-service-bot.json');
	const wires = wiresOf(workflow);
	const ofType = (type: string): INode => {
		const found = workflow.nodes.find((node) => node.type === `${packageName}.${type}`);
		if (!found) throw new Error(`The bot has no ${type}`);
		return found;
	};

	test('messages and what falls due take the same way; the rest ends on purpose', () => {
		const trigger = ofType('whatsAppCloudTrigger');
		const bot = ofType('botConversation');
		const targets = outputNames(trigger).map((name, output) => [
			name,
			wires.filter((wire) => wire.from === trigger.name && wire.output === output).map(({ to }) => to),
		]);
		const end = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.noOp')?.name;
		expect(Object.fromEntries(targets)).toEqual({
			Messages: [bot.name],
			Statuses: [end],
			Echoes: [end],
			Account: [end],
			Due: [bot.name],
		});
	});

	test('everything is sent by one node, which is the topmost branch of the bot', () => {
		const sending = workflow.nodes.filter(({ parameters }) => parameters.operation === 'sendQueued');
		expect(sending).toHaveLength(1);
		const bot = ofType('botConversation');
		const branches = wires
			.filter(({ from }) => from === bot.name)
			.map(({ to }) => workflow.nodes.find(({ name }) => name === to))
			.sort((one, other) => (one?.position[1] ?? 0) - (other?.position[1] ?? 0));
		expect(branches[0]?.name).toBe(sending[0]?.name);
		// Downloads are the slowest: n8n runs branches from top to bottom.
		expect(branches.at(-1)?.parameters).toMatchObject({ resource: 'media', operation: 'store' });
	});

	test('what no rule of the Switch knows makes its case too', () => {
		const choice = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.switch');
		const targets = wires
			.filter(({ from }) => from === choice?.name)
			.map(({ to }) => workflow.nodes.find(({ name }) => name === to));
		expect(targets.map((node) => [node?.type, node?.parameters.operation])).toEqual([
			[`${packageName}.case`, 'create'],
			[`${packageName}.case`, 'create'],
		]);
	});

	test('the pinned samples are made up: no phone, no real id, one person', () => {
		const samples = Object.values(workflow.pinData ?? {}).flat();
		expect(samples.length).toBeGreaterThan(3);
		for (const { json } of samples) {
			expect(json.from).toEqual({ userId: 'CO.1000000000000001', profileName: 'Laura (ejemplo)' });
			expect(json.crm).toBeUndefined();
		}
	});
});
