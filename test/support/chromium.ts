import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Chromium of this machine; `CHROMIUM_PATH` names another one. */
const program = [
	process.env.CHROMIUM_PATH ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((file) => file !== '' && existsSync(file));

const MISSING = 'Chromium is not installed; on Debian: apt-get install chromium';

/** A suite that needs a browser; where there is none it is skipped, and its name says why. */
export function inBrowser(name: string, suite: () => void): void {
	if (program === undefined) describe.skip(`${name} (${MISSING})`, suite);
	else describe(name, suite);
}

/** Starts a Chromium without a window that asks nobody on the Internet anything. */
export async function startBrowser(): Promise<Browser> {
	if (program === undefined) throw new Error(MISSING);
	return await chromium.launch({
		executablePath: program,
		args: [
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}
