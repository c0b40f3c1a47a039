/** Words of a customer that may be shown to others: mail addresses and long numbers (telephones, documents) are hidden. */
export function withoutNumbers(text: string): string {
	return text.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, '•••@•••').replace(/\+?\d(?:[\s.-]?\d){5,}/gu, '••••••');
}

/** One line of at most so many letters, cut between words. */
export function oneLine(text: string, most = 140): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line.length <= most) return line;
	const cut = line.slice(0, most);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd()}…`;
}
