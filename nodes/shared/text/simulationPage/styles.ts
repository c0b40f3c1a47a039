/** Everything inside the page: it is mailed, opened without a network and printed. */
export const STYLES = `
:root{color-scheme:light dark;--page:#f5f6f4;--paper:#fff;--ink:#18211f;--soft:#5b6864;--line:#e1e6e3;--faint:#f0f3f1;
--accent:#0b6e5f;--accent-rgb:11 110 95;--accent-soft:#dff1ec;--c-registered:#0b6e5f;--c-continued:#4fae9c;--c-opted_out:#8aa0b5;
--c-handed_over:#d98324;--c-unfinished:#c9d0cc;--bubble:#e7f6e9;--bubble-in:#fff;--chat:#efeae2;--warn:#9a4b00;--warn-soft:#fdf1e2}
@media (prefers-color-scheme:dark){:root{--page:#101514;--paper:#181f1d;--ink:#e8eeeb;--soft:#9aa8a3;--line:#2b3532;--faint:#1f2826;
--accent:#4cc3ad;--accent-rgb:76 195 173;--accent-soft:#17352f;--c-registered:#2fa58f;--c-continued:#1f6e60;--c-opted_out:#66788a;
--c-handed_over:#d98324;--c-unfinished:#4a5551;--bubble:#134d3c;--bubble-in:#26302d;--chat:#121a18;--warn:#f0b06a;--warn-soft:#33260f}}
@media print{:root{color-scheme:light;--page:#fff;--paper:#fff;--ink:#18211f;--soft:#4d5955;--line:#d9dfdc;--faint:#f3f5f4;
--accent:#0b6e5f;--accent-rgb:11 110 95;--accent-soft:#dff1ec;--c-registered:#0b6e5f;--c-continued:#4fae9c;--c-opted_out:#8aa0b5;
--c-unfinished:#c9d0cc;--bubble:#e7f6e9;--bubble-in:#fff;--chat:#f4f1ec;--warn:#9a4b00;--warn-soft:#fdf1e2}
body{font-size:12.5px}main{max-width:none;padding:0}section,header,footer{box-shadow:none!important;break-inside:avoid}
section.long{break-inside:auto}tr,.chat,.ask{break-inside:avoid}@page{margin:14mm}}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 "Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1040px;margin:0 auto;padding:28px 20px 48px;display:grid;grid-template-columns:minmax(0,1fr);gap:18px}
section,header.top{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:24px 26px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
h2{font-size:1.15rem;margin:0 0 4px}
h3{font-size:.95rem;margin:18px 0 8px}
p{margin:0 0 10px}
.eyebrow{color:var(--accent);font-weight:600;font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;margin-bottom:6px}
.soft{color:var(--soft)}.small{font-size:.86rem}
.lead{color:var(--soft);margin-bottom:16px;max-width:74ch}
.hero{display:grid;grid-template-columns:auto 1fr;gap:8px 30px;align-items:center;margin-top:20px}
.share{font-size:4rem;line-height:1;font-weight:700;color:var(--accent);letter-spacing:-.03em;font-variant-numeric:tabular-nums}
.bar{display:flex;height:22px;border-radius:7px;overflow:hidden;background:var(--faint);margin:14px 0 10px}
.bar i{display:block;min-width:2px}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;margin:0;padding:0;font-size:.88rem}
.legend i,.dot{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:7px}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin-top:20px}
.tile{background:var(--faint);border-radius:10px;padding:13px 15px}
.tile b{display:block;font-size:1.45rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tile span{color:var(--soft);font-size:.84rem}
.tile.warn{background:var(--warn-soft)}.tile.warn b{color:var(--warn)}
.ask{display:grid;grid-template-columns:210px 1fr 92px;gap:2px 16px;padding:11px 0;border-top:1px solid var(--line);align-items:center}
.ask:first-of-type{border-top:0}
.ask .track{background:var(--faint);border-radius:5px;height:12px}
.ask .track i{display:block;height:12px;border-radius:5px;background:var(--accent);min-width:3px}
.ask .count{text-align:right;font-variant-numeric:tabular-nums;font-size:.9rem}
.ask .examples{grid-column:2/4;color:var(--soft);font-size:.87rem;margin:3px 0 0;padding:0;list-style:none}
.ask .examples li::before{content:"“"}.ask .examples li::after{content:"”"}
.heat{width:100%;border-collapse:separate;border-spacing:2px;font-size:.72rem;table-layout:fixed}
.heat th{font-weight:500;color:var(--soft);padding:0;text-align:center}
.heat th:first-child{width:38px;text-align:left}
.heat td{height:24px;border-radius:4px;text-align:center;background:rgb(var(--accent-rgb)/var(--a,0));font-variant-numeric:tabular-nums;padding:0}
.heat td.strong{color:#fff}
@media (prefers-color-scheme:dark){.heat td.strong{color:#06231d}}
@media print{.heat td.strong{color:#fff}}
.list{width:100%;border-collapse:collapse;font-size:.9rem}
.list th{text-align:left;font-weight:600;color:var(--soft);font-size:.8rem;border-bottom:1px solid var(--line);padding:6px 12px 6px 0}
.list td{border-bottom:1px solid var(--line);padding:8px 12px 8px 0;vertical-align:top}
.list tr:last-child td{border-bottom:0}
.list .num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.list .nowrap{white-space:nowrap}
.scroll{overflow-x:auto}
.two{display:grid;grid-template-columns:1fr 1fr;gap:8px 34px}
.chips{display:flex;flex-wrap:wrap;gap:7px;margin:0;padding:0;list-style:none}
.chips li{background:var(--accent-soft);border-radius:999px;padding:3px 12px;font-size:.88rem}
.chips small{color:var(--soft)}
.menu{background:var(--chat);border-radius:12px;padding:16px}
.menu .out{max-width:none;margin:0}
.buttons{display:grid;gap:1px;margin-top:9px}
.buttons span{display:block;text-align:center;color:var(--accent);border-top:1px solid rgb(128 128 128/.25);padding:7px 4px 2px;font-weight:500;font-size:.9rem}
.chats{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:16px;align-items:start}
.chat{background:var(--chat);border-radius:12px;padding:14px;font-size:.87rem}
.chat h3{margin:0 0 10px;font-size:.88rem}
.words{white-space:pre-wrap;overflow-wrap:anywhere}
.in,.out{border-radius:9px;padding:7px 10px;margin:0 0 7px;max-width:90%;box-shadow:0 1px 1px rgb(0 0 0/.08)}
.in{background:var(--bubble-in)}
.out{background:var(--bubble);margin-left:auto}
.in.assumed{background:transparent;border:1px dashed var(--soft);box-shadow:none;color:var(--soft)}
.in small{display:block;color:var(--soft);font-size:.76rem}
.tag{display:inline-block;border-radius:999px;padding:1px 10px;font-size:.8rem;background:var(--faint);white-space:nowrap}
.note{background:var(--faint);border-radius:10px;padding:12px 16px;margin:14px 0 0;font-size:.88rem}
footer{color:var(--soft);font-size:.82rem;padding:0 4px}
@media (max-width:720px){.hero,.two{grid-template-columns:1fr}.tiles{grid-template-columns:1fr 1fr}.ask{grid-template-columns:1fr auto}
.ask .track,.ask .examples{grid-column:1/3}.heat td{font-size:0}.heat th{font-size:.6rem}section,header.top{padding:18px 16px}}
`;
