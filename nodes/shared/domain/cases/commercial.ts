/** Whether a kind of case is about something to sell. */
export const isCommercial = (type: string | undefined): boolean => type === 'quotation' || type === 'information';
