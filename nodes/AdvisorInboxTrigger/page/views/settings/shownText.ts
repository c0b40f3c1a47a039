import { signal } from '@preact/signals';

import type { Language } from '../../../../shared/domain/profile/businessProfile';

/** The text that is open, which a problem of it may ask for from anywhere; the first one until somebody chooses. */
export const shownText = signal<{ readonly key?: string; readonly language?: Language }>({});
