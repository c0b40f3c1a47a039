/**
 * The part of the build that the TypeScript compiler does not do: icons and the codex files go to dist, the advisor's
 * web page is bundled, and what the package promises (registered files, workflow templates) is checked against dist.
 */
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');

const { bundlePage } = require('./nodes/AdvisorInboxTrigger/page/bundle.cjs');

const inProject = (...place) => path.join(__dirname, ...place);
const readJson = (...place) => JSON.parse(readFileSync(inProject(...place), 'utf8'));

function copyIcons() {
	return src(['nodes/**/*.svg', '!nodes/**/page/**', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
		allowEmpty: true,
	}).pipe(dest('dist'));
}

function copyCodexFiles() {
	return src('nodes/**/*.node.json', { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

/** The advisors' page, beside the node that serves it. */
function bundleInboxPage() {
	return bundlePage(inProject('dist/nodes/AdvisorInboxTrigger/page'));
}

/** n8n loads exactly the files that package.json registers: a missing one makes the whole package fail to load. */
async function checkRegisteredFiles() {
	const { n8n } = readJson('package.json');
	const missing = [...n8n.nodes, ...n8n.credentials].filter((file) => !existsSync(inProject(file)));
	if (missing.length > 0)
		throw new Error(`package.json registers files that the build did not make: ${missing.join(', ')}`);
	const withoutCodex = n8n.nodes.filter((file) => !existsSync(inProject(file.replace(/\.js$/, '.json'))));
	if (withoutCodex.length > 0)
		throw new Error(`Without codex file (.node.json) beside them: ${withoutCodex.join(', ')}`);
}

/** `dist/nodes/BotConversation/BotConversation.node.js` is `n8n-nodes-whatsapp-crm.botConversation` in workflows. */
function registeredNodeTypes() {
	const { name, n8n } = readJson('package.json');
	return new Set(
		n8n.nodes.map((file) => {
			const className = path.basename(file, '.node.js');
			return `${name}.${className[0].toLowerCase()}${className.slice(1)}`;
		}),
	);
}

/** A template that names a node which is not in the package opens in the editor as a question mark. */
async function checkWorkflowTemplates() {
	const { name } = readJson('package.json');
	const registered = registeredNodeTypes();
	const folder = inProject('workflows');
	const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
	const findings = files.flatMap((file) => {
		try {
			const { nodes } = readJson('workflows', file);
			if (!Array.isArray(nodes)) return [`workflows/${file} has no list of nodes`];
			return (
				nodes
					// n8n makes the tool of a node that may be one by itself, under the node's name and `Tool`.
					.filter(({ type }) => type.startsWith(`${name}.`) && !registered.has(type.replace(/Tool$/, '')))
					.map(
						(node) => `workflows/${file}: '${node.name}' is of type ${node.type}, which package.json does not register`,
					)
			);
		} catch (reason) {
			return [`workflows/${file} cannot be read: ${reason.message}`];
		}
	});
	if (findings.length > 0) throw new Error(findings.join('\n'));
}

exports.default = series(
	parallel(copyIcons, copyCodexFiles, bundleInboxPage),
	parallel(checkRegisteredFiles, checkWorkflowTemplates),
);
