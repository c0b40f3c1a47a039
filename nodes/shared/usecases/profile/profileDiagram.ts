import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { dialogueDiagram, mermaidOf } from '../../domain/profile/diagram';
import { svgOf } from '../../domain/profile/diagramSvg';
import type { OperatorLanguage } from '../../domain/profile/fieldNames';
import { renderText } from '../../text/render';

/** What stands for a value of the moment in a drawn sentence. */
const VALUES = {
	es: {
		advisor: '(asesor)',
		area: '(área)',
		status: '(estado)',
		date: '(fecha)',
		need: '(solicitud)',
	},
	en: {
		advisor: '(advisor)',
		area: '(area)',
		status: '(status)',
		date: '(date)',
		need: '(request)',
	},
} as const satisfies Record<OperatorLanguage, object>;

/** The dialogue of a profile, drawn with the sentences that customers read. */
export function profileDiagram(
	profile: BusinessProfile,
	language: OperatorLanguage,
): { readonly svg: string; readonly mermaid: string } {
	const values = { ...VALUES[language], case_number: profile.cases.numberPattern.replace(/[{}]/g, '') };
	const diagram = dialogueDiagram(profile, language, (key) =>
		renderText({ text: key, values }, profile, profile.language),
	);
	return { svg: svgOf(diagram), mermaid: mermaidOf(diagram) };
}
