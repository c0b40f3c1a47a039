import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { texts } from '../../../shared/text/texts';
import { phoneForReading } from '../format';
import { useAsked } from '../pieces/asked';
import { useCommand } from '../pieces/commanded';
import { Check, SelectField } from '../pieces/fields';
import { FormDialog } from '../pieces/FormDialog';
import { FormattedText } from '../pieces/FormattedText';
import { pageLanguage, words } from '../words/words';
import { me } from '../state/session';
import { catchUp } from '../state/thread';

/** The link to an advisor's own number (template K): the advisor's word first that nothing said there is on record. */
export function LinkDialog({ detail, onClose }: { detail: ConversationDetail; onClose: () => void }) {
	const { link } = words.value;
	const { id: conversationId } = detail.conversation;
	const advisors = useAsked('advisors', {});
	const [advisorId, setAdvisorId] = useState('');
	const [sure, setSure] = useState(false);
	const { give, busy, said } = useCommand({ quiet: true });
	const spoken = pageLanguage(detail.contact.language ?? me().business.language);
	const warning = texts.K[spoken] ?? texts.K.es;
	return (
		<FormDialog
			title={link.title}
			does={link.send}
			busy={busy}
			said={said}
			disabled={!sure || advisorId === ''}
			onClose={onClose}
			onSubmit={() =>
				void give('offerLink', { conversationId, advisorId, confirmed: true }, link.sent).then((done) => {
					if (done === undefined) return;
					onClose();
					void catchUp(conversationId);
				})
			}
		>
			<SelectField
				label={link.advisor}
				value={advisorId}
				choices={[
					{ value: '', name: '—' },
					...(advisors.answer ?? [])
						.filter(({ phone }) => phone !== undefined)
						.map(({ id, name, phone }) => ({
							value: id,
							name: `${name} · ${phone ? phoneForReading(phone) : link.noPhone}`,
						})),
				]}
				onChoice={setAdvisorId}
			/>
			<p class="previewTitle">{link.says}</p>
			<div class="previewGround">
				<div class="bubble">
					<p class="words">
						<FormattedText text={warning} />
					</p>
				</div>
			</div>
			<Check label={link.confirm} checked={sure} onCheck={setSure} />
		</FormDialog>
	);
}
