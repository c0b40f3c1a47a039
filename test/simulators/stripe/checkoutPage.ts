const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
:root{color-scheme:light dark;--ground:#f6f8fa;--card:#fff;--ink:#1a1f36;--soft:#697386;--line:#e3e8ee;--accent:#635bff;--on:#fff;--bad:#c0123c}
@media(prefers-color-scheme:dark){:root{--ground:#0e1117;--card:#181c25;--ink:#eceff4;--soft:#9aa5b8;--line:#2a3040;--accent:#7a73ff;--bad:#ff6b86}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:920px;margin:0 auto;padding:32px 16px;display:grid;grid-template-columns:minmax(0,1fr);gap:24px}
@media(min-width:760px){main{grid-template-columns:1fr 1fr;padding-top:72px;gap:56px}}
.badge{display:inline-block;background:#ffde92;color:#693d11;border-radius:4px;padding:1px 8px;font-size:12px;font-weight:600}
h1{font-size:15px;font-weight:500;color:var(--soft);margin:16px 0 0}.amount{font-size:36px;font-weight:650;letter-spacing:-.02em;margin:0 0 16px}
dl{margin:0;display:grid;grid-template-columns:1fr auto;gap:8px 16px;border-top:1px solid var(--line);padding-top:16px}dt{color:var(--soft)}dd{margin:0;text-align:right}
form{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px;box-shadow:0 8px 24px rgb(0 0 0/.06);display:grid;gap:14px}
label{font-size:14px;font-weight:500;display:grid;gap:6px}input{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:8px;padding:10px 12px}
button{font:inherit;font-weight:600;border-radius:8px;border:1px solid var(--line);padding:12px;background:transparent;color:var(--ink);cursor:pointer}
button[value=pay]{background:var(--accent);border-color:var(--accent);color:var(--on)}button:focus-visible,input:focus-visible{outline:3px solid color-mix(in srgb,var(--accent) 45%,transparent);outline-offset:1px}
.others{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}.note{margin:0;font-size:13px;color:var(--soft)}.bad{color:var(--bad)}.done{grid-column:1/-1;text-align:center;padding:48px 0}`;

const page = (content: string): string =>
	`<!doctype html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Pago</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;

export interface PageOfPayment {
	readonly business: string;
	/** The visit that the form belongs to. */
	readonly session: string;
	readonly name: string;
	/** As people write it. */
	readonly amount: string;
	readonly quantity: number;
	readonly declined?: boolean;
}

/** The page on which a customer pays: what it costs, a form, and every way it can end. */
export function checkoutPage({ business, session, name, amount, quantity, declined }: PageOfPayment): string {
	return page(`<section><strong>${escaped(business)}</strong> <span class="badge">MODO DE PRUEBA</span>
<h1>Pagar a ${escaped(business)}</h1><p class="amount">${escaped(amount)}</p>
<dl><dt>${escaped(name)}${quantity > 1 ? ` × ${quantity}` : ''}</dt><dd>${escaped(amount)}</dd><dt><strong>Total</strong></dt><dd><strong>${escaped(amount)}</strong></dd></dl></section>
<form method="post"><input type="hidden" name="session" value="${escaped(session)}"><label>Correo electrónico<input name="email" type="email" value="cliente@example.com" autocomplete="off"></label>
<div class="others"><label>Número de tarjeta<input name="card" inputmode="numeric" value="4242 4242 4242 4242" autocomplete="off"></label><label>CVC<input name="cvc" inputmode="numeric" value="123" autocomplete="off"></label></div>
${declined ? '<p class="note bad" role="alert">Tu tarjeta fue rechazada. Intenta con otra.</p>' : ''}
<button name="how" value="pay">Pagar ${escaped(amount)}</button>
<div class="others"><button name="how" value="fail">Tarjeta rechazada</button><button name="how" value="pending">Transferencia</button></div>
<p class="note">Este es un simulador: no se mueve dinero y no se guarda ninguna tarjeta.</p></form>`);
}

/** What is there once nothing can be paid any more. */
export function closedPage(title: string, text: string): string {
	return page(`<section class="done"><h1>${escaped(title)}</h1><p class="amount">${escaped(text)}</p></section>`);
}
