/**
 * Bundles the advisors' page into a folder: `index.html`, scripts and styles named by their content, `manifest.json` (what
 * the node serves) and `licenses.txt` of what is bundled. Everything is fetched as `inbox?asset=<file>` beside the page.
 *
 * node nodes/AdvisorInboxTrigger/page/bundle.cjs <folder>
 */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const projectFolder = path.join(__dirname, '..', '..', '..');
/** esbuild joins with a slash, which a query cannot have: put in its place afterwards. */
const ASSETS = 'asset:';
const CONTENT_TYPES = {
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** Names of the packages whose code is in the bundle. */
function bundledPackages(inputs) {
	const names = inputs.flatMap((input) => {
		const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
		return found ? [found[1]] : [];
	});
	return [...new Set(names)].sort();
}

function licenses(names) {
	return names
		.map((name) => {
			const folder = path.join(projectFolder, 'node_modules', name);
			const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
			const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
			return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8') : ''}`;
		})
		.join('\n\n----\n\n');
}

/** @param {string} folder where the page goes; emptied first */
async function bundlePage(folder) {
	const built = await esbuild.build({
		absWorkingDir: projectFolder,
		entryPoints: { inbox: path.join(__dirname, 'start.tsx') },
		outdir: folder,
		write: false,
		metafile: true,
		bundle: true,
		splitting: true,
		minify: true,
		format: 'esm',
		target: ['chrome109', 'firefox115', 'safari16.4'],
		jsx: 'automatic',
		jsxImportSource: 'preact',
		tsconfig: path.join(__dirname, 'tsconfig.json'),
		entryNames: '[name].[hash]',
		chunkNames: '[name].[hash]',
		publicPath: ASSETS,
		legalComments: 'none',
		logLevel: 'warning',
	});
	const html = readFileSync(path.join(__dirname, 'index.html'), 'utf8');
	const files = new Map();
	for (const { path: file, text } of built.outputFiles) {
		files.set(path.basename(file), text.replaceAll(`${ASSETS}/`, './inbox?asset='));
	}
	files.set('licenses.txt', licenses(bundledPackages(Object.keys(built.metafile.inputs))));
	const icon = readFileSync(path.join(__dirname, 'icon.svg'), 'utf8');
	files.set(`icon.${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`, icon);

	const named = (ending) => [...files.keys()].find((name) => ending.test(name));
	const page = html
		.replace('{style}', `inbox?asset=${named(/^inbox\..*\.css$/)}`)
		.replace('{script}', `inbox?asset=${named(/^inbox\..*\.js$/)}`)
		.replace('{icon}', `inbox?asset=${named(/^icon\..*\.svg$/)}`);
	const assets = Object.fromEntries(
		[...files].map(([name, text]) => [
			name,
			{
				contentType: CONTENT_TYPES[path.extname(name)],
				hash: createHash('sha256').update(text).digest('hex'),
			},
		]),
	);
	if (existsSync(folder)) rmSync(folder, { recursive: true });
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
	writeFileSync(path.join(folder, 'index.html'), page);
	writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify({ html: 'index.html', assets }, null, '\t')}\n`);
}

module.exports = { bundlePage };

if (require.main === module) {
	bundlePage(path.resolve(process.argv[2] ?? path.join(projectFolder, 'dist/nodes/AdvisorInboxTrigger/page'))).catch(
		(reason) => {
			process.stderr.write(`${reason.message}\n`);
			process.exitCode = 1;
		},
	);
}
