import type { BusinessProfile, Language } from '../../../../shared/domain/profile/businessProfile';
import { renderText, TextError } from '../../../../shared/text/render';
import { FormattedText } from '../../pieces/FormattedText';
import { settingsWords } from '../../words/settings/words';

/** What a text is shown with, as a customer would read it. */
const SAMPLES: Readonly<Record<string, string>> = {
	case_number: 'PS-2026-000123',
	advisor: 'Laura Gómez',
	area: 'Ventas',
	need: 'cotización de portátiles',
	status: 'en gestión',
	date: '12 de marzo',
};

/** A text as it would leave, or why it could not. */
export function bubbleOf(
	key: string,
	profile: BusinessProfile,
	language: Language,
): { readonly text?: string; readonly trouble?: string } {
	try {
		return { text: renderText({ text: key, values: SAMPLES }, profile, language) };
	} catch (reason) {
		if (reason instanceof TextError) return { trouble: settingsWords.value.trouble.unsayable };
		throw reason;
	}
}

/** Sentences and buttons as the customer's phone shows them: one bubble. */
export function BubblePreview({
	title,
	text,
	choices = [],
}: {
	title: string;
	text: string;
	choices?: readonly string[];
}) {
	return (
		<div class="preview">
			<p class="previewTitle">{title}</p>
			<div class="previewGround" aria-live="polite">
				<div class="bubble" dir="auto">
					<p class="words">
						<FormattedText text={text} />
					</p>
					{choices.length > 0 ? (
						<ul class="choices">
							{choices.map((choice, index) => (
								<li key={index}>{choice}</li>
							))}
						</ul>
					) : null}
				</div>
			</div>
		</div>
	);
}
