import type { FaultRule, WebhookFaults } from './types';

/** The faults waiting to strike. */
export class FaultBoard {
	private rules: Array<{ readonly rule: FaultRule; left: number; skip: number }> = [];
	private forWebhooks: WebhookFaults = {};
	private share = 0;
	private chance: () => number = Math.random;

	inject(rule: FaultRule): void {
		this.rules.push({ rule, left: rule.times ?? 1, skip: rule.skip ?? 0 });
	}

	/** This share of all requests fails: 429, 500, an answer that never comes or a line that dies, some after the work was done. */
	failShare(share: number, chance: () => number = Math.random): void {
		this.share = share;
		this.chance = chance;
	}

	webhooks(faults: WebhookFaults): void {
		this.forWebhooks = faults;
	}

	clear(): void {
		this.rules = [];
		this.forWebhooks = {};
		this.share = 0;
	}

	get ofWebhooks(): WebhookFaults {
		return this.forWebhooks;
	}

	/** The fault for this request, used up by asking. */
	take(operation: string): FaultRule | undefined {
		const hit = this.rules.find(({ rule }) => rule.on === 'any' || rule.on === operation);
		if (hit !== undefined) {
			if (hit.skip > 0) {
				hit.skip -= 1;
				return undefined;
			}
			hit.left -= 1;
			if (hit.left <= 0) this.rules = this.rules.filter((entry) => entry !== hit);
			return hit.rule;
		}
		if (this.share === 0 || this.chance() >= this.share) return undefined;
		const kinds = [429, 500, 'hang', 'reset'] as const;
		return { on: 'any', kind: kinds[Math.floor(this.chance() * kinds.length)] ?? 500, applied: this.chance() < 0.5 };
	}
}
