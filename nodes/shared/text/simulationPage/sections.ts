import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	WITH_A_NEED,
	type SimulatedConversationReport,
	type SimulationReport,
} from '../../domain/simulation/simulationReport';
import { render, renderText } from '../render';
import { html, nothing, type Markup } from './markup';
import {
	CASE_WORDS,
	conversations,
	counted,
	day,
	duration,
	EVIDENCE_WORDS,
	fieldWords,
	INTENT_WORDS,
	mediaWords,
	moment,
	number,
	OUTCOME_WORDS,
	percent,
	reasonWords,
	WEEKDAYS,
} from './words';

/** More rows than this are no longer read; the items of the node have them all. */
const LATE_ROWS = 20;
const DETAIL_ROWS = 150;
const DIALOGUES = 3;
const DIALOGUE_STEPS = 7;

const part = (share: number): string => `${Math.round(share * 1000) / 10}%`;

export function headOf(report: SimulationReport): Markup {
	const { from, to, timeZone, withNeed, resolvedShare, outcomes, firstAnswer, lateQuotations } = report;
	const period = from === null || to === null ? '' : `${day(from, timeZone)} – ${day(to, timeZone)}`;
	const shown = WITH_A_NEED.filter((outcome) => outcomes[outcome] > 0);
	const resolved = outcomes.registered + outcomes.continued + outcomes.opted_out;
	return html`<header class="top">
		<div class="eyebrow">Simulación con chats reales</div>
		<h1>${report.business}</h1>
		<p class="soft">
			${period === '' ? '' : `${period} · `}${counted(report.chats, 'chat', 'chats')} ·
			${counted(report.messages, 'mensaje', 'mensajes')} · ${conversations(report.conversations)}
		</p>
		<div class="hero">
			<div class="share">${resolvedShare === null ? '–' : percent(resolvedShare)}</div>
			<div>
				<h2>de las solicitudes las habría atendido el bot solo</h2>
				<p class="soft" style="margin:0">
					${number(resolved)} de ${conversations(withNeed)} con una solicitud: el bot entendió, preguntó lo que faltaba
					y dejó el caso registrado en el área que corresponde. La respuesta de fondo (cotizar, despachar, reparar)
					sigue siendo del equipo.
				</p>
			</div>
		</div>
		<div class="bar" role="img" aria-label="Resultado de las conversaciones con una solicitud">
			${shown.map(
				(outcome) => html`<i style="width:${part(outcomes[outcome] / withNeed)};background:var(--c-${outcome})"></i>`,
			)}
		</div>
		<ul class="legend">
			${shown.map(
				(outcome) =>
					html`<li>
						<i style="background:var(--c-${outcome})"></i>${OUTCOME_WORDS[outcome]}: ${number(outcomes[outcome])}
					</li>`,
			)}
		</ul>
		<div class="tiles">
			<div class="tile"><b>${number(report.customerMessages)}</b><span>mensajes de clientes leídos</span></div>
			<div class="tile">
				<b>${firstAnswer.medianMinutes === null ? '–' : duration(firstAnswer.medianMinutes)}</b
				><span>esperó la mitad de los clientes por la primera respuesta, o menos</span>
			</div>
			<div class="tile ${lateQuotations.length > 0 ? 'warn' : ''}">
				<b>${number(lateQuotations.length)}</b
				><span>cotizaciones esperaron más de 2 horas o no tuvieron respuesta</span>
			</div>
			<div class="tile">
				<b>${number(report.outsideHours)}</b><span>conversaciones empezaron fuera del horario de atención</span>
			</div>
		</div>
	</header>`;
}

export function askedForOf(report: SimulationReport): Markup {
	const most = Math.max(1, ...report.askedFor.map((asked) => asked.conversations));
	return html`<section>
		<h2>Qué pide la gente</h2>
		<p class="lead">
			La primera solicitud de cada conversación, como la reconocen las reglas del bot, con palabras de los clientes.
		</p>
		${report.askedFor.map(
			(asked) =>
				html`<div class="ask">
					<strong>${INTENT_WORDS[asked.intent]}</strong>
					<div class="track"><i style="width:${part(asked.conversations / most)}"></i></div>
					<div class="count">${number(asked.conversations)} <span class="soft">· ${percent(asked.share)}</span></div>
					<ul class="examples">
						${asked.examples.map((example) => html`<li>${example}</li>`)}
					</ul>
				</div>`,
		)}
		${report.products.length === 0
			? nothing
			: html`<h3>Lo que más quieren cotizar</h3>
					<ul class="chips">
						${report.products.map(
							({ product, conversations: times }) => html`<li>${product} <small>${number(times)}</small></li>`,
						)}
					</ul>`}
	</section>`;
}

export function hoursOf({ hours, draft, timeZone }: SimulationReport): Markup {
	const most = Math.max(1, ...hours.flat());
	return html`<section>
		<h2>A qué horas escriben</h2>
		<p class="lead">
			Mensajes de clientes por día y hora (${timeZone}).
			${draft.hoursSeen ? `El equipo responde ${draft.profile.hours.inWords.replace(/\.$/, '')}.` : ''}
		</p>
		<table class="heat">
			<thead>
				<tr>
					<th></th>
					${Array.from({ length: 24 }, (_, hour) => html`<th>${hour}</th>`)}
				</tr>
			</thead>
			<tbody>
				${hours.map(
					(counts, weekday) =>
						html`<tr>
							<th>${WEEKDAYS[weekday] ?? ''}</th>
							${counts.map((count) => {
								const strength = count === 0 ? 0 : 0.12 + (0.88 * count) / most;
								return html`<td class="${strength > 0.8 ? 'strong' : ''}" style="--a:${strength.toFixed(2)}">
									${count === 0 ? '' : number(count)}
								</td>`;
							})}
						</tr>`,
				)}
			</tbody>
		</table>
	</section>`;
}

export function lateOf({ lateQuotations, timeZone }: SimulationReport): Markup {
	if (lateQuotations.length === 0) return nothing;
	const rest = lateQuotations.length - LATE_ROWS;
	return html`<section class="long">
		<h2>Cotizaciones que esperaron</h2>
		<p class="lead">
			Más de dos horas hasta la primera respuesta de una persona. El bot las habría registrado y avisado al área en el
			mismo minuto.
		</p>
		<div class="scroll">
			<table class="list">
				<thead>
					<tr>
						<th>Cliente</th>
						<th>Cuándo</th>
						<th>Qué pidió</th>
						<th class="num">Esperó</th>
					</tr>
				</thead>
				<tbody>
					${lateQuotations.slice(0, LATE_ROWS).map(
						(late) =>
							html`<tr>
								<td>${late.customer}</td>
								<td class="nowrap">
									${moment(late.askedAt, timeZone)}${late.outsideHours
										? html`<br /><span class="soft small">fuera de horario</span>`
										: nothing}
								</td>
								<td>${late.words}</td>
								<td class="num">${late.waitedMinutes === null ? 'sin respuesta' : duration(late.waitedMinutes)}</td>
							</tr>`,
					)}
				</tbody>
			</table>
		</div>
		${rest > 0 ? html`<p class="soft small">Y ${number(rest)} más.</p>` : nothing}
	</section>`;
}

function countTable(head: string, rows: ReadonlyArray<readonly [string, number]>): Markup {
	if (rows.length === 0) return nothing;
	return html`<div>
		<h3>${head}</h3>
		<table class="list">
			<tbody>
				${rows.map(
					([words, count]) =>
						html`<tr>
							<td>${words}</td>
							<td class="num">${number(count)}</td>
						</tr>`,
				)}
			</tbody>
		</table>
	</div>`;
}

export function workOf(report: SimulationReport): Markup {
	const { registered, leads, questions, handoffReasons, outcomes } = report;
	const cases = Object.entries(registered) as Array<[keyof typeof CASE_WORDS, number]>;
	return html`<section>
		<h2>Qué habría hecho el bot</h2>
		<p class="lead">
			${counted(
				cases.reduce((sum, [, count]) => sum + count, 0),
				'caso registrado',
				'casos registrados',
			)},
			de ellos ${counted(leads, 'con oportunidad de venta (lead)', 'con oportunidad de venta (lead)')}.
			${outcomes.small_talk > 0 ? `${conversations(outcomes.small_talk)} más eran solo un saludo o las gracias.` : ''}
		</p>
		<div class="two">
			${countTable(
				'Casos por tipo',
				cases.map(([type, count]) => [CASE_WORDS[type], count] as const),
			)}
			${countTable(
				'Preguntas que habría hecho',
				questions.map(({ field, times }) => [fieldWords(field), times] as const),
			)}
			${countTable(
				'Por qué pasarían a una persona',
				handoffReasons.map(({ reason, conversations: times }) => [reasonWords(reason), times] as const),
			)}
		</div>
	</section>`;
}

export function dialoguesOf(report: SimulationReport, profile: BusinessProfile): Markup {
	const chosen = exampleDialogues(report.details);
	if (chosen.length === 0) return nothing;
	return html`<section>
		<h2>Así habrían sido las conversaciones</h2>
		<p class="lead">
			Lo que escribió el cliente en el chat y lo que habría contestado el bot.
			${report.assumesAnswers
				? 'Con borde punteado, respuestas supuestas: el chat no contesta preguntas que nadie hizo.'
				: ''}
		</p>
		<div class="chats">${chosen.map((detail) => dialogueOf(detail, profile))}</div>
	</section>`;
}

/** One of each outcome that is worth seeing, the richest first, and none twice in other words. */
function exampleDialogues(details: readonly SimulatedConversationReport[]): SimulatedConversationReport[] {
	const rich = details
		.filter(({ steps, example }) => steps.length <= DIALOGUE_STEPS && example !== '')
		.sort((one, other) => other.example.length - one.example.length);
	const first = (wanted: (detail: SimulatedConversationReport) => boolean) => rich.filter(wanted).slice(0, 1);
	const chosen = [
		...first(({ outcome, intent }) => outcome === 'registered' && intent === 'quotation'),
		...first(({ outcome, intent }) => outcome === 'registered' && intent !== 'quotation'),
		...first(({ outcome }) => outcome === 'handed_over'),
		...first(({ outcome }) => outcome === 'unfinished'),
		...rich.filter(({ outcome }) => outcome === 'registered'),
	];
	return [...new Map(chosen.map((detail) => [detail.example, detail])).values()].slice(0, DIALOGUES);
}

function dialogueOf({ customer, outcome, steps }: SimulatedConversationReport, profile: BusinessProfile): Markup {
	return html`<article class="chat">
		<h3><i class="dot" style="background:var(--c-${outcome})"></i>${customer} · ${OUTCOME_WORDS[outcome]}</h3>
		${steps.map(
			({ said, files, assumed, bubbles, language }) =>
				html`<div class="in ${assumed ? 'assumed' : ''}">
						<span class="words"
							>${[said, ...files.map((file) => `[${mediaWords(file)}]`)]
								.filter((words) => words !== '')
								.join('\n')}</span
						>${assumed ? html`<small>supuesto</small>` : nothing}
					</div>
					${bubbles.map((bubble) => bubbleOf(render(bubble, profile, language)))}`,
		)}
	</article>`;
}

function bubbleOf(message: ReturnType<typeof render>): Markup {
	if (message.type === 'text') return html`<div class="out"><span class="words">${message.text}</span></div>`;
	if (message.type !== 'choices') return nothing;
	return html`<div class="out">
		<span class="words">${message.text}</span>
		<div class="buttons">${message.choices.map(({ title }) => html`<span>${title}</span>`)}</div>
	</div>`;
}

export function draftOf({ draft, automaticAnswers }: SimulationReport): Markup {
	const { profile, advisors, keywords, newOptions, hoursSeen } = draft;
	const fresh = profile.options.filter(({ id }) => newOptions.includes(id));
	return html`<section>
		<h2>Perfil propuesto para el bot</h2>
		<p class="lead">
			Hecho con estos chats: las opciones en el orden de lo que pide la gente, sus palabras, su equipo y su horario. Se
			revisa con el cliente y se publica desde el nodo <em>WhatsApp CRM</em>.
		</p>
		<div class="two">
			<div>
				<h3>Menú</h3>
				<div class="menu">
					<div class="out">
						<span class="words">${renderText({ text: 'menu' }, profile, profile.language)}</span>
						<div class="buttons">${profile.options.map(({ title }) => html`<span>${title}</span>`)}</div>
					</div>
				</div>
				${fresh.length === 0
					? nothing
					: html`<p class="soft small" style="margin-top:10px">
							Opción nueva, porque muchos la piden: ${fresh.map(({ label }) => label).join(', ')}.
						</p>`}
			</div>
			<div>
				<h3>Asesores que se presentan en los chats</h3>
				${advisors.length === 0
					? html`<p class="soft small">Nadie dice su nombre. Conviene que el equipo firme sus mensajes.</p>`
					: html`<ul class="chips">
							${advisors.map(
								({ name, messages }) =>
									html`<li>${name} <small>${counted(messages, 'mensaje', 'mensajes')}</small></li>`,
							)}
						</ul>`}
				<h3>Horario en que se responde</h3>
				<p class="small">${hoursSeen ? profile.hours.inWords : 'Hay muy pocas respuestas para saberlo.'}</p>
				<h3>Palabras propias de sus clientes</h3>
				${keywords.length === 0
					? html`<p class="soft small">Las palabras de estos clientes ya las conoce el bot.</p>`
					: html`<ul class="chips">
							${keywords.map(({ phrase, intent }) => html`<li>${phrase} <small>→ ${INTENT_WORDS[intent]}</small></li>`)}
						</ul>`}
				${automaticAnswers.length === 0
					? nothing
					: html`<h3>Respuestas automáticas encontradas</h3>
							${automaticAnswers.map((answer) => html`<p class="soft small">“${answer}”</p>`)}
							<p class="small">No cuentan como respuesta de una persona. Al encender el bot hay que apagarlas.</p>`}
			</div>
		</div>
	</section>`;
}

export function detailsOf({ details, timeZone }: SimulationReport): Markup {
	const shown = details.filter(({ outcome }) => outcome !== 'not_asked');
	const rest = shown.length - DETAIL_ROWS;
	return html`<section class="long">
		<h2>Conversación por conversación</h2>
		<div class="scroll">
			<table class="list">
				<thead>
					<tr>
						<th>Cliente</th>
						<th>Cuándo</th>
						<th>Qué pidió</th>
						<th>Con el bot</th>
					</tr>
				</thead>
				<tbody>
					${shown.slice(0, DETAIL_ROWS).map((detail) => detailRow(detail, timeZone))}
				</tbody>
			</table>
		</div>
		${rest > 0
			? html`<p class="soft small">Y ${number(rest)} más: la salida del nodo las trae todas, una por elemento.</p>`
			: nothing}
	</section>`;
}

function detailRow(detail: SimulatedConversationReport, timeZone: string): Markup {
	const areas = [...new Set(detail.cases.map(({ type, areaName }) => `${CASE_WORDS[type]} → ${areaName}`))];
	const taken = detail.handoffs.find(({ strength }) => strength === 'take_over');
	const said = [
		...areas,
		...(detail.outcome === 'handed_over' && taken !== undefined ? [reasonWords(taken.reason)] : []),
		...(detail.asked.length === 0 ? [] : [`preguntó: ${detail.asked.map(fieldWords).join(', ').toLowerCase()}`]),
	];
	return html`<tr>
		<td>${detail.customer}</td>
		<td class="nowrap">${moment(detail.startedAt, timeZone)}</td>
		<td>
			${INTENT_WORDS[detail.intent]}
			${detail.example === '' ? nothing : html`<br /><span class="soft small">“${short(detail.example)}”</span>`}
		</td>
		<td>
			<span class="tag"
				><i class="dot" style="background:var(--c-${detail.outcome})"></i>${OUTCOME_WORDS[detail.outcome]}</span
			>
			${said.length === 0 ? nothing : html`<br /><span class="soft small">${said.join(' · ')}</span>`}
		</td>
	</tr>`;
}

const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text);

export function footOf(report: SimulationReport): Markup {
	const names = report.businessNames.slice(0, 5).join(', ');
	return html`<footer>
		<p>
			<strong>Cómo se hizo.</strong> El mismo motor que atiende a los clientes leyó los mensajes de cada chat, en su
			orden, sin enviar ni guardar nada. Una conversación termina cuando nadie escribe por mucho tiempo.
			${report.assumesAnswers
				? 'Se supone que el cliente contesta lo que el bot pregunta sobre sí mismo (nombre, documento, asesor) y toca el botón que corresponde a lo que dijo; lo que quiere tiene que estar en sus propias palabras.'
				: 'Solo cuentan las palabras del chat: nadie contesta lo que el bot pregunta.'}
			${names === '' ? '' : `El negocio escribe como ${names}, ${EVIDENCE_WORDS[report.evidence]}.`} Los números largos
			y correos de los ejemplos están ocultos.
		</p>
	</footer>`;
}
