import { ExternalLink } from 'lucide';

import type { ConversationDetail } from '../../../../shared/domain/inbox/views';
import { ownValue } from '../../../../shared/domain/ownValue';
import { dateAndTime, phoneForReading } from '../../format';
import { safeUrl } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { words } from '../../words/words';
import { Line, Section } from './Section';

/** How the customer is reached, whose they are and what they agreed to. */
export function ContactFacts({ contact }: Pick<ConversationDetail, 'contact'>) {
	const { panel } = words.value;
	const externalUrl = safeUrl(contact.externalUrl);
	return (
		<Section title={panel.contact}>
			<dl class="factLines">
				<Line name={panel.phone}>{contact.phone ? phoneForReading(contact.phone) : undefined}</Line>
				<Line name={panel.username}>{contact.username}</Line>
				<Line name={panel.identification}>
					{contact.identification
						? [contact.identificationType, contact.identification].filter(Boolean).join(' ')
						: undefined}
				</Line>
				<Line name={panel.email}>{contact.email}</Line>
				<Line name={panel.city}>{contact.city}</Line>
				<Line name={panel.owner}>{contact.owner?.name}</Line>
				<Line name={panel.source}>{contact.source}</Line>
				<Line name={panel.consent}>
					{contact.consents.length > 0
						? contact.consents.map((consent, index) => (
								<span key={index} class="consentLine" title={consent.source}>
									{ownValue(panel.consents, consent.kind) ?? consent.kind} · {dateAndTime(consent.at)}
								</span>
							))
						: panel.noConsent}
				</Line>
			</dl>
			{externalUrl ? (
				<a class="textLink" href={externalUrl} target="_blank" rel="noopener noreferrer">
					<Icon of={ExternalLink} size={14} /> {panel.external}
				</a>
			) : null}
		</Section>
	);
}
