import { ExternalLink, MapPin, Trash2, UserRound } from 'lucide';

import type { MessageView } from '../../../../shared/domain/inbox/views';
import { phoneForReading } from '../../format';
import { FormattedText, safeUrl } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { activeSearch } from '../../state/conversations';
import { words } from '../../words/words';
import { Attachment } from './Attachment';

function Quoted({ quoted }: { quoted: NonNullable<MessageView['quoted']> }) {
	const inside = (
		<>
			<b>{quoted.author ? words.value.authors[quoted.author] : ''}</b>
			<span>{quoted.preview}</span>
		</>
	);
	if (quoted.id === undefined) return <span class="quoted">{inside}</span>;
	const target = `message-${quoted.id}`;
	return (
		<button
			type="button"
			class="quoted"
			onClick={() => document.getElementById(target)?.scrollIntoView({ block: 'center', behavior: 'smooth' })}
		>
			{inside}
		</button>
	);
}

function Place({ location }: { location: NonNullable<MessageView['location']> }) {
	const { latitude, longitude } = location;
	return (
		<span class="place">
			<span class="placeIcon">
				<Icon of={MapPin} size={22} />
			</span>
			<span>
				<b>{location.name ?? words.value.types.location}</b>
				{location.address ? <small>{location.address}</small> : null}
				<small>
					{latitude.toFixed(5)}, {longitude.toFixed(5)}
				</small>
				<a
					href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
					target="_blank"
					rel="noopener noreferrer"
				>
					{words.value.thread.map}
				</a>
			</span>
		</span>
	);
}

/** What a message says: words, file, place, contacts, choices. */
export function MessageBody({ row, onEnlarge }: { row: MessageView; onEnlarge: () => void }) {
	const { thread, types } = words.value;
	if (row.deleted)
		return (
			<p class="deleted">
				<Icon of={Trash2} size={15} /> {thread.deleted}
			</p>
		);
	const isEmpty =
		row.text === undefined && row.attachment === undefined && row.location === undefined && row.contacts === undefined;
	const linkUrl = safeUrl(row.link?.url);
	return (
		<>
			{row.quoted ? <Quoted quoted={row.quoted} /> : null}
			{row.attachment ? <Attachment attachment={row.attachment} onEnlarge={onEnlarge} /> : null}
			{row.location ? <Place location={row.location} /> : null}
			{row.contacts?.map((contact, index) => (
				<span key={index} class="place">
					<span class="placeIcon">
						<Icon of={UserRound} size={20} />
					</span>
					<span>
						<b>{contact.name}</b>
						{contact.phones.map((phone) => (
							<small key={phone}>{phoneForReading(phone)}</small>
						))}
					</span>
				</span>
			))}
			{row.text !== undefined ? (
				<p class="words">
					<FormattedText text={row.text} search={activeSearch.value} />
				</p>
			) : null}
			{isEmpty ? <p class="deleted">{types[row.type as keyof typeof types] ?? types.unsupported}</p> : null}
			{row.choices && row.choices.length > 0 ? (
				<ul class="choices">
					{row.choices.map((choice) => (
						<li key={choice}>{choice}</li>
					))}
				</ul>
			) : null}
			{row.link && linkUrl ? (
				<a class="linkButton" href={linkUrl} target="_blank" rel="noopener noreferrer nofollow">
					<Icon of={ExternalLink} size={15} />
					{row.link.label}
				</a>
			) : null}
		</>
	);
}
