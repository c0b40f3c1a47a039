import { amount, optionalWords, parameter } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { addressFields, send, sendOptions } from './send';

export const sendLocation: WhatsAppCloudOperation = {
	value: 'sendLocation',
	name: 'Send Location',
	action: 'Send location',
	description: 'Send a place on the map',
	properties: [
		...addressFields,
		{
			displayName: 'Latitude',
			name: 'latitude',
			type: 'number',
			typeOptions: { numberPrecision: 7, minValue: -90, maxValue: 90 },
			default: 0,
			required: true,
			placeholder: 'e.g. 4.7109886',
			description: 'Degrees north of the equator; negative to the south',
		},
		{
			displayName: 'Longitude',
			name: 'longitude',
			type: 'number',
			typeOptions: { numberPrecision: 7, minValue: -180, maxValue: 180 },
			default: 0,
			required: true,
			placeholder: 'e.g. -74.0720920',
			description: 'Degrees east of Greenwich; negative to the west',
		},
		{
			displayName: 'Location Name',
			name: 'locationName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bodega principal',
			description: 'Shown in bold below the map',
		},
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'e.g. Calle 26 # 59-51, Bogotá',
			description: 'Shown below the name',
		},
		sendOptions(),
	],
	async execute(context, services) {
		return await send(context, services, {
			type: 'location',
			latitude: parameter(context, 'latitude', 'Latitude', amount),
			longitude: parameter(context, 'longitude', 'Longitude', amount),
			name: parameter(context, 'locationName', 'Location Name', optionalWords),
			address: parameter(context, 'address', 'Address', optionalWords),
		});
	},
};
