import type { FaultRule, Faults, Operation, WebhookFaults } from './types';

const mediaOperations: ReadonlySet<Operation> = new Set([
	'media_upload',
	'media_url',
	'media_download',
	'media_delete',
]);

/** The faults waiting to strike. */
export class FaultBoard implements Faults {
	private rules: Array<{ readonly rule: FaultRule; left: number }> = [];
	private forWebhooks: WebhookFaults = {};

	inject(rule: FaultRule): void {
		this.rules.push({ rule, left: rule.times ?? 1 });
	}

	webhooks(faults: WebhookFaults): void {
		this.forWebhooks = faults;
	}

	clear(): void {
		this.rules = [];
		this.forWebhooks = {};
	}

	get ofWebhooks(): WebhookFaults {
		return this.forWebhooks;
	}

	/** The fault for this request, used up by asking. */
	take(operation: Operation): FaultRule | undefined {
		if (this.rules.length === 0) return undefined;
		const hit = this.rules.find(
			({ rule }) =>
				rule.on === 'any' || rule.on === operation || (rule.on === 'media' && mediaOperations.has(operation)),
		);
		if (!hit) return undefined;
		hit.left -= 1;
		if (hit.left <= 0) this.rules = this.rules.filter((entry) => entry !== hit);
		return hit.rule;
	}
}
