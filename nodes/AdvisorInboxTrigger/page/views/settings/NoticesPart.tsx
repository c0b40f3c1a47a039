import { contactHoursOf } from '../../../../shared/domain/consent/contactHours';
import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { phoneForReading } from '../../format';
import { useAsked } from '../../pieces/asked';
import { Check, TextArea, TextField } from '../../pieces/fields';
import { ListEditor } from '../../pieces/ListEditor';
import { NumberField } from '../../pieces/NumberField';
import { settingsWords } from '../../words/settings/words';
import { words } from '../../words/words';
import type { ProfilePart } from '../SettingsView';
import { contactHoursInWords } from './contactHoursInWords';

const CHANNELS = ['whatsapp', 'workflow'] as const;
const ALERTS = ['errorPercent', 'volumeFromPercent', 'volumeToPercent', 'minimumMessages', 'tokenDays'] as const;

function Channels({ profile, problems, change }: ProfilePart) {
	const { notices } = settingsWords.value;
	const { notifications } = profile;
	const put = (to: Partial<BusinessProfile['notifications']>): void =>
		change({ notifications: { ...notifications, ...to } });
	const left = CHANNELS.filter((channel) => !notifications.channels.includes(channel));
	return (
		<section class="settingsCard">
			<h2>{notices.channels}</h2>
			<p class="fieldHint">{notices.channelsHint}</p>
			<ListEditor
				label={notices.channels}
				rows={notifications.channels.map((channel) => ({ channel }))}
				onRows={(rows) => put({ channels: rows.map(({ channel }) => channel) })}
				nameOf={({ channel }) => notices.channelNames[channel]}
				most={notifications.channels.length + left.length}
				add={{
					name: left[0] === undefined ? notices.channels : notices.addChannel(notices.channelNames[left[0]]),
					row: () => ({ channel: left[0] ?? 'workflow' }),
				}}
			>
				{({ channel }) => <span class="grow">{notices.channelNames[channel]}</span>}
			</ListEditor>
			<div class="formRow">
				<TextField
					label={notices.template}
					hint={notices.templateHint}
					value={notifications.template}
					error={problems.at('notifications', 'template')}
					onText={(template) => put({ template })}
				/>
				<TextField
					label={notices.templateLanguage}
					value={notifications.templateLanguage}
					error={problems.at('notifications', 'templateLanguage')}
					onText={(templateLanguage) => put({ templateLanguage })}
				/>
			</div>
		</section>
	);
}

/** Who has a telephone to attend from: told here, changed under Team. */
function BridgePeople() {
	const { notices } = settingsWords.value;
	const team = useAsked('advisors', {});
	const people = (team.answer ?? []).filter(({ phone }) => phone !== undefined);
	if (team.answer === undefined) return null;
	return (
		<div class="field">
			<span class="fieldLabel">{notices.who}</span>
			{people.length === 0 ? <p class="fieldHint">{notices.nobody}</p> : null}
			<ul class="people">
				{people.map(({ id, name, phone }) => (
					<li key={id}>
						<bdi>{name}</bdi> <span class="fieldHint">{phoneForReading(phone ?? '')}</span>
					</li>
				))}
			</ul>
		</div>
	);
}

function Bridge({ profile, problems, change }: ProfilePart) {
	const { notices } = settingsWords.value;
	const { bridge } = profile;
	return (
		<section class="settingsCard">
			<h2>{notices.bridge}</h2>
			<p class="fieldHint">{notices.bridgeHint}</p>
			<Check
				label={notices.enabled}
				checked={bridge.enabled}
				onCheck={(enabled) => change({ bridge: { ...bridge, enabled } })}
			/>
			<TextField
				label={notices.continueTemplate}
				value={bridge.continueTemplate}
				error={problems.at('bridge', 'continueTemplate')}
				onText={(continueTemplate) => change({ bridge: { ...bridge, continueTemplate } })}
			/>
			<BridgePeople />
		</section>
	);
}

/** Who has not paid is reminded, who buys for the first time is welcomed. */
function Payments({ profile, problems, change }: ProfilePart) {
	const { contact, notices } = settingsWords.value;
	const { days } = words.value.settings.hours;
	const { payments } = profile;
	const put = (to: Partial<typeof payments>): void => change({ payments: { ...payments, ...to } });
	return (
		<section class="settingsCard">
			<h2>{notices.payments}</h2>
			<p class="fieldHint">{notices.paymentsHint(contactHoursInWords(contactHoursOf(profile), contact, days))}</p>
			<div class="formRow">
				<NumberField
					label={notices.paymentReminders}
					min={0}
					max={10}
					value={payments.reminders}
					error={problems.at('payments', 'reminders')}
					onNumber={(reminders) => put({ reminders })}
				/>
				<NumberField
					label={notices.firstPaymentReminder}
					min={5}
					value={payments.firstReminderMinutes}
					error={problems.at('payments', 'firstReminderMinutes')}
					onNumber={(firstReminderMinutes) => put({ firstReminderMinutes })}
				/>
				<NumberField
					label={notices.nextPaymentReminder}
					min={5}
					value={payments.nextReminderMinutes}
					error={problems.at('payments', 'nextReminderMinutes')}
					onNumber={(nextReminderMinutes) => put({ nextReminderMinutes })}
				/>
			</div>
			<TextField
				label={notices.paymentTemplate}
				value={payments.template}
				error={problems.at('payments', 'template')}
				onText={(template) => put({ template })}
			/>
			<TextArea
				label={notices.firstPurchase}
				hint={notices.firstPurchaseHint}
				value={payments.welcome ?? ''}
				error={problems.at('payments', 'welcome')}
				onText={(welcome) => put({ welcome: welcome === '' ? undefined : welcome })}
			/>
		</section>
	);
}

/** How the team hears of things, and who is reminded of what. */
export function NoticesPart(part: ProfilePart) {
	const { notices } = settingsWords.value;
	const { profile, problems, change } = part;
	return (
		<>
			<p class="lead">{notices.lead}</p>
			<Channels {...part} />
			<Bridge {...part} />
			<Payments {...part} />
			<section class="settingsCard">
				<h2>{notices.reminders}</h2>
				<div class="formRow">
					<NumberField
						label={notices.quotationHours}
						hint={notices.quotationHint}
						min={0}
						max={2160}
						value={profile.followUps.quotationHours}
						error={problems.at('followUps', 'quotationHours')}
						onNumber={(quotationHours) => change({ followUps: { ...profile.followUps, quotationHours } })}
					/>
				</div>
			</section>
			<section class="settingsCard">
				<h2>{notices.alerts}</h2>
				<p class="fieldHint">{notices.alertsHint}</p>
				<div class="formRow">
					{ALERTS.map((field) => (
						<NumberField
							key={field}
							label={notices[field]}
							min={0}
							step={field === 'errorPercent' ? 0.1 : 1}
							value={profile.alerts[field]}
							error={problems.at('alerts', field)}
							onNumber={(value) => change({ alerts: { ...profile.alerts, [field]: value } })}
						/>
					))}
				</div>
			</section>
		</>
	);
}
