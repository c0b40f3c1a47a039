import type { CaseType } from '../conversation/types';
import type { BusinessProfile } from '../profile/businessProfile';

/** Key of the area that a kind of case goes to when neither option nor answer says otherwise. */
export function areaOf(type: CaseType, profile: BusinessProfile): string {
	return profile.areaByCaseType[type] ?? profile.withoutOption.area;
}

/** Name of an area as a customer reads it; the key itself when the profile does not know it. */
export function areaName(key: string, profile: BusinessProfile): string {
	return profile.areas.find((area) => area.key === key)?.name ?? key;
}
