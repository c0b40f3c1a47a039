import { leadFields } from './leadFields';
import { leadPreviewOf } from './leadRequest';
import type { CrearLeadOperation } from './services';

export const previewLeadOperation: CrearLeadOperation = {
	value: 'preview',
	name: 'Preview',
	action: 'Preview lead',
	description: 'Show what would be created or changed, and whether it is "Crear Lead" or "Actualizar Lead"',
	properties: [leadFields],
	async execute(context, { store }) {
		return await leadPreviewOf(context, store);
	},
};
