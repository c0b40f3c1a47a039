import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { SimulationReport } from '../../domain/simulation/simulationReport';
import { html, Markup } from './markup';
import { askedForOf, detailsOf, dialoguesOf, draftOf, footOf, headOf, hoursOf, lateOf, workOf } from './sections';
import { STYLES } from './styles';

/**
 * The report as one HTML file that is read without a network, printed and mailed: no scripts, no addresses, everything
 * from the chats escaped.
 *
 * @param profile the one the simulation ran with, whose texts the bot would have used
 */
export function simulationPage(report: SimulationReport, profile: BusinessProfile): string {
	return html`<!doctype html>
		<html lang="es">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="robots" content="noindex" />
				<title>Simulación del bot · ${report.business}</title>
				<style>
					${new Markup(STYLES)}
				</style>
			</head>
			<body>
				<main>
					${headOf(report)} ${askedForOf(report)} ${lateOf(report)} ${hoursOf(report)} ${workOf(report)}
					${dialoguesOf(report, profile)} ${draftOf(report)} ${detailsOf(report)} ${footOf(report)}
				</main>
			</body>
		</html>`.text.trimStart();
}
