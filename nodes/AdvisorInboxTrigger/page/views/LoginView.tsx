import { signal } from '@preact/signals';
import { Eye, EyeOff, LogIn } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { Button, IconButton } from '../pieces/Button';
import { TextField } from '../pieces/fields';
import { Logo } from '../pieces/Logo';
import { logIn, Refusal, setPassword } from '../server/ask';
import { inWords, type Said } from '../state/notices';
import { loadSession, phase } from '../state/session';
import { words } from '../words/words';

/** From a login link, for this page's life only. */
export const loginToken = signal<string | undefined>(undefined);

const SHORTEST_PASSWORD = 10;

function Trouble({ said }: { said: Said }) {
	return (
		<div class="formTrouble" role="alert">
			<strong>{said.text}</strong>
			{said.detail ? <span>{said.detail}</span> : null}
		</div>
	);
}

function PasswordField(props: {
	label: string;
	text: string;
	onText: (text: string) => void;
	isNew?: boolean;
	hint?: string;
	error?: string;
}) {
	const [shown, setShown] = useState(false);
	return (
		<div class="passwordField">
			<TextField
				label={props.label}
				type={shown ? 'text' : 'password'}
				value={props.text}
				onText={props.onText}
				hint={props.hint}
				error={props.error}
				autocomplete={props.isNew ? 'new-password' : 'current-password'}
				required
				maxLength={200}
			/>
			<IconButton
				icon={shown ? EyeOff : Eye}
				name={words.value.login.showPassword}
				pressed={shown}
				onClick={() => setShown(!shown)}
			/>
		</div>
	);
}

/** Account and password; also over the page when the session has ended. */
function LoginForm() {
	const { login } = words.value;
	const [account, setAccount] = useState('');
	const [password, setPasswordText] = useState('');
	const [busy, setBusy] = useState(false);
	const [said, setSaid] = useState<Said>();
	const form = useRef<HTMLFormElement>(null);
	// As soon as it is drawn: later it would take the field from whoever writes already.
	useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);
	const enter = async (): Promise<void> => {
		setBusy(true);
		setSaid(undefined);
		try {
			await logIn(account, password);
			setPasswordText('');
			await loadSession();
		} catch (reason) {
			const { text, detail } = inWords(reason);
			const isWrong = reason instanceof Refusal && reason.status === 401 && reason.message === '';
			setSaid({ text: isWrong ? login.wrong : text, ...(detail ? { detail } : {}) });
		} finally {
			setBusy(false);
		}
	};
	return (
		<form
			class="loginForm"
			ref={form}
			onSubmit={(event) => {
				event.preventDefault();
				void enter();
			}}
		>
			{said ? <Trouble said={said} /> : null}
			<TextField
				label={login.account}
				value={account}
				onText={setAccount}
				autocomplete="username"
				required
				maxLength={200}
			/>
			<PasswordField label={login.password} text={password} onText={setPasswordText} />
			<Button look="primary" type="submit" icon={LogIn} busy={busy}>
				{busy ? login.entering : login.enter}
			</Button>
			<p class="fieldHint">{login.forgotten}</p>
		</form>
	);
}

function SetPasswordForm({ token }: { token: string }) {
	const { login } = words.value;
	const [password, setPasswordText] = useState('');
	const [repeated, setRepeated] = useState('');
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [said, setSaid] = useState<Said>();
	const tooShort = tried && password.length < SHORTEST_PASSWORD;
	const different = tried && !tooShort && password !== repeated;
	const create = async (): Promise<void> => {
		setTried(true);
		if (password.length < SHORTEST_PASSWORD || password !== repeated) return;
		setBusy(true);
		setSaid(undefined);
		try {
			await setPassword(token, password);
			loginToken.value = undefined;
			phase.value = 'login';
			await loadSession();
		} catch (reason) {
			setSaid(inWords(reason));
		} finally {
			setBusy(false);
		}
	};
	return (
		<form
			class="loginForm"
			onSubmit={(event) => {
				event.preventDefault();
				void create();
			}}
		>
			{said ? <Trouble said={said} /> : null}
			<PasswordField
				isNew
				label={login.newPassword}
				text={password}
				onText={setPasswordText}
				hint={login.tooShort}
				error={tooShort ? login.tooShort : undefined}
			/>
			<PasswordField
				isNew
				label={login.repeat}
				text={repeated}
				onText={setRepeated}
				error={different ? login.different : undefined}
			/>
			<Button look="primary" type="submit" busy={busy}>
				{login.create}
			</Button>
		</form>
	);
}

/** The way in. */
export function LoginView() {
	const { login } = words.value;
	const token = phase.value === 'setPassword' ? loginToken.value : undefined;
	return (
		<main class="loginPage">
			<section class="loginCard">
				<Logo />
				<h1>{token === undefined ? login.welcome : login.setTitle}</h1>
				<p class="loginLead">{token === undefined ? login.lead : login.setLead}</p>
				{token === undefined ? <LoginForm /> : <SetPasswordForm token={token} />}
			</section>
		</main>
	);
}

/** The session has ended: the login lies over the page, and what was being written stays. */
export function ExpiredLogin() {
	const { login } = words.value;
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog
			class="dialog"
			ref={dialog}
			aria-labelledby="expiredTitle"
			onCancel={(event) => event.preventDefault()}
			onKeyDown={(event) => event.stopPropagation()}
		>
			<div class="dialogBox">
				<header>
					<h2 id="expiredTitle">{login.expiredTitle}</h2>
				</header>
				<div class="dialogBody">
					<p>{login.expiredLead}</p>
					<LoginForm />
				</div>
			</div>
		</dialog>
	);
}
