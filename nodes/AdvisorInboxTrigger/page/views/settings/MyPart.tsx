import { useState } from 'preact/hooks';

import { instantOf, localInput } from '../../format';
import { Button } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { Check, Segments, SelectField, TextField } from '../../pieces/fields';
import { errorOf } from '../../pieces/FormDialog';
import { notify } from '../../state/notices';
import { prefer, preferences, type Preferences } from '../../state/preferences';
import { loadSession, me } from '../../state/session';
import { words } from '../../words/words';

async function allowDesktop(wanted: boolean): Promise<void> {
	if (!wanted) {
		prefer({ desktop: false });
		return;
	}
	const allowed = 'Notification' in window && (await Notification.requestPermission()) === 'granted';
	prefer({ desktop: allowed });
	if (!allowed) notify('trouble', words.value.settings.mine.desktopDenied);
}

function Password() {
	const { mine } = words.value.settings;
	const [current, setCurrent] = useState('');
	const [next, setNext] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const wrongCurrent = errorOf(said, 'current');
	const wrongNext = said && wrongCurrent === undefined ? [said.text, said.detail].filter(Boolean).join(' ') : undefined;
	return (
		<form
			class="settingsCard"
			onSubmit={(event) => {
				event.preventDefault();
				void give('changePassword', { current, next }, mine.changed).then((done) => {
					if (done === undefined) return;
					setCurrent('');
					setNext('');
					void loadSession();
				});
			}}
		>
			<h2>{mine.password}</h2>
			<div class="formRow">
				<TextField
					label={mine.current}
					type="password"
					autocomplete="current-password"
					value={current}
					onText={setCurrent}
					maxLength={200}
					error={wrongCurrent}
				/>
				<TextField
					label={mine.next}
					type="password"
					autocomplete="new-password"
					hint={words.value.login.tooShort}
					value={next}
					onText={setNext}
					maxLength={200}
					error={wrongNext}
				/>
			</div>
			<div>
				<Button type="submit" busy={busy} disabled={current === '' || next.length < 10}>
					{mine.change}
				</Button>
			</div>
		</form>
	);
}

function Availability() {
	const { mine } = words.value.settings;
	const { advisor } = me();
	const [available, setAvailable] = useState(advisor.available);
	const [until, setUntil] = useState(advisor.absentUntil ? localInput(Date.parse(advisor.absentUntil)) : '');
	const { give, busy } = useCommand();
	return (
		<form
			class="settingsCard"
			onSubmit={(event) => {
				event.preventDefault();
				void give(
					'setAvailability',
					{ available, ...(!available && until !== '' ? { absentUntil: instantOf(until) } : {}) },
					words.value.actions.saved,
				).then((done) => done && loadSession());
			}}
		>
			<h2>{mine.availability}</h2>
			<Check label={mine.available} checked={available} onCheck={setAvailable} />
			{available ? null : <TextField label={mine.until} type="datetime-local" value={until} onText={setUntil} />}
			<div>
				<Button type="submit" busy={busy}>
					{words.value.actions.save}
				</Button>
			</div>
		</form>
	);
}

/** What one person sets for themselves. */
export function MyPart() {
	const { mine } = words.value.settings;
	const chosen = preferences.value;
	return (
		<>
			<section class="settingsCard">
				<h2>{mine.appearance}</h2>
				<Segments<Preferences['theme']>
					label={mine.appearance}
					value={chosen.theme}
					choices={(['system', 'light', 'dark'] as const).map((value) => ({ value, name: mine.themes[value] }))}
					onChoice={(theme) => prefer({ theme })}
				/>
				<SelectField
					label={mine.language}
					value={chosen.language ?? ''}
					choices={[
						{ value: '', name: mine.ofBusiness },
						{ value: 'es', name: 'Español' },
						{ value: 'en', name: 'English' },
						{ value: 'pt-BR', name: 'Português (Brasil)' },
					]}
					onChoice={(language) => prefer({ language: language === '' ? undefined : language })}
				/>
			</section>
			<section class="settingsCard">
				<h2>{mine.signals}</h2>
				<Check label={mine.sound} checked={chosen.sound} onCheck={(sound) => prefer({ sound })} />
				<Check label={mine.desktop} checked={chosen.desktop} onCheck={(wanted) => void allowDesktop(wanted)} />
			</section>
			<Availability />
			<Password />
		</>
	);
}
