/** How far a lead has come, in its order; the last two end it. */
export const LEAD_STAGES = ['Lead', 'MQL', 'SQL', 'Opportunity', 'Won', 'Lost'] as const;
export type LeadStage = (typeof LEAD_STAGES)[number];

/** Stages that end a lead: whoever asks again makes a new one. */
export const CLOSED_LEAD_STAGES = ['Won', 'Lost'] as const satisfies readonly LeadStage[];

/** Stages in which a lead is still being worked on: it is updated instead of a second one made. */
export const OPEN_LEAD_STAGES: readonly LeadStage[] = LEAD_STAGES.filter(
	(stage) => !CLOSED_LEAD_STAGES.some((closed) => closed === stage),
);

/** Whether a lead in this stage is still being worked on. */
export const isOpenStage = (stage: string): boolean => OPEN_LEAD_STAGES.some((open) => open === stage);
