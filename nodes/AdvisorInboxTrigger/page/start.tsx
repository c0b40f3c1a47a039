import './styles/inbox.css';

import { effect } from '@preact/signals';
import { render } from 'preact';

import { followDesk } from './state/live';
import { readyToRing } from './state/news';
import { preferences } from './state/preferences';
import { takeLoginToken } from './state/route';
import { loadSession, phase, session } from './state/session';
import { notifyTrouble } from './state/notices';
import { Inbox } from './views/Inbox';
import { loginToken } from './views/LoginView';
import { pageLanguage, speak } from './words/words';

loginToken.value = takeLoginToken();
window.addEventListener('hashchange', () => {
	const token = takeLoginToken();
	if (token === undefined) return;
	loginToken.value = token;
	phase.value = 'setPassword';
});
if (loginToken.value === undefined) void loadSession();
else phase.value = 'setPassword';

effect(() => {
	const wanted = preferences.value.language ?? session.value?.business.language ?? navigator.language;
	speak(pageLanguage(wanted)).catch(notifyTrouble);
});

document.addEventListener('pointerdown', readyToRing, { once: true });
document.addEventListener('keydown', readyToRing, { once: true });

followDesk();

const place = document.getElementById('inbox');
if (place) render(<Inbox />, place);
