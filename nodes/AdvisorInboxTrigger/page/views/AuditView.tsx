import { BookOpenText, Download } from 'lucide';
import { useState } from 'preact/hooks';

import type { AuditLineView } from '../../../shared/domain/inbox/views';
import { ownValue } from '../../../shared/domain/ownValue';
import { dateAndTime, instantOf } from '../format';
import { usePages } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { SelectField, TextField } from '../pieces/fields';
import { More, Page } from '../pieces/Page';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { ask, type QueryRequest } from '../server/ask';
import { notify, notifyTrouble } from '../state/notices';
import { detailInWords } from '../words/audit/details';
import { actionInWords, auditWords, subjectInWords } from '../words/audit/words';
import { words } from '../words/words';

/** All that is on record of a line, as it is stored: what a file is taken along for. */
const recordOf = (line: AuditLineView): string => (line.payload === undefined ? '' : JSON.stringify(line.payload));

/** A cell that no spreadsheet takes for a formula. */
function csvCell(text: string): string {
	const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return `"${harmless.replaceAll('"', '""')}"`;
}

/** The rows that match, all of them, as a file a spreadsheet opens. */
async function download(request: QueryRequest<'audit'>): Promise<number> {
	const lines: AuditLineView[] = [];
	let cursor: string | undefined;
	do {
		const page = await ask('audit', { ...request, limit: 200, cursor });
		lines.push(...page.rows);
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	const { audit } = words.value;
	const rows = [
		[audit.when, audit.actor, audit.action, audit.subject, audit.customer, audit.details, audit.record],
		...lines.map((line) => [
			line.at,
			line.actor,
			line.action,
			[line.subjectKind, line.subjectId].filter(Boolean).join(' '),
			line.contactName ?? '',
			detailInWords(line),
			recordOf(line),
		]),
	];
	// The mark at the beginning tells spreadsheets that it is UTF-8.
	const text = `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
	const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = 'bitacora.csv';
	link.click();
	URL.revokeObjectURL(url);
	return lines.length;
}

/** Who did what, when: searched, read, taken along. */
export function AuditView() {
	const { audit, actions } = words.value;
	const [form, setForm] = useState({ search: '', actor: '', action: '', from: '', to: '' });
	const [request, setRequest] = useState<QueryRequest<'audit'>>({});
	const [busy, setBusy] = useState(false);
	const asked = usePages('audit', request);
	const choices = Object.entries(auditWords.value.actions)
		.map(([value, name]) => ({ value, name }))
		.sort((one, other) => one.name.localeCompare(other.name));
	const csv = async (): Promise<void> => {
		setBusy(true);
		try {
			notify('done', audit.csvMade(await download(request)));
		} catch (reason) {
			notifyTrouble(reason);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Page
			title={audit.title}
			lead={audit.lead}
			actions={
				<Button icon={Download} busy={busy} onClick={() => void csv()}>
					{audit.csv}
				</Button>
			}
		>
			<form
				class="auditForm"
				role="search"
				onSubmit={(event) => {
					event.preventDefault();
					setRequest({
						...(form.search.trim() ? { search: form.search.trim() } : {}),
						...(form.actor.trim() ? { actor: form.actor.trim() } : {}),
						...(form.action ? { action: form.action } : {}),
						...(form.from ? { from: instantOf(`${form.from}T00:00`) } : {}),
						...(form.to ? { to: instantOf(`${form.to}T23:59`) } : {}),
					});
				}}
			>
				<TextField
					label={actions.search}
					type="search"
					value={form.search}
					onText={(search) => setForm({ ...form, search })}
				/>
				<TextField label={audit.actor} value={form.actor} onText={(actor) => setForm({ ...form, actor })} />
				<SelectField
					label={audit.action}
					value={form.action}
					choices={[{ value: '', name: auditWords.value.all }, ...choices]}
					onChoice={(action) => setForm({ ...form, action })}
				/>
				<TextField label={audit.from} type="date" value={form.from} onText={(from) => setForm({ ...form, from })} />
				<TextField label={audit.to} type="date" value={form.to} onText={(to) => setForm({ ...form, to })} />
				<Button type="submit" look="primary">
					{actions.search}
				</Button>
			</form>
			{asked.rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton />
				)
			) : asked.rows.length === 0 ? (
				<Empty icon={BookOpenText} title={audit.empty} />
			) : (
				<div class="tablePlace" tabIndex={0} role="region" aria-label={audit.title}>
					<table class="table auditTable">
						<thead>
							<tr>
								<th scope="col">{audit.when}</th>
								<th scope="col">{audit.actor}</th>
								<th scope="col">{audit.action}</th>
								<th scope="col">{audit.subject}</th>
								<th scope="col">{audit.details}</th>
							</tr>
						</thead>
						<tbody>
							{asked.rows.map((line) => (
								<tr key={line.id}>
									<td class="noWrap">{dateAndTime(line.at)}</td>
									<td>{ownValue(words.value.authors, line.actor) ?? line.actor}</td>
									<td class="auditAction" title={line.action}>
										{actionInWords(line.action)}
									</td>
									<td title={line.subjectId}>{subjectInWords(line)}</td>
									<td class="auditDetail">{detailInWords(line)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
			<More more={asked.more} busy={asked.loadingMore} />
		</Page>
	);
}
