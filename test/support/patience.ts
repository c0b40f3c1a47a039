/**
 * How long a test waits for what must come before it says that it never came, in ms. Far longer than the slowest machine
 * needs: a wait ends with what it waits for, so patience costs a passing test nothing. Shorter than a test may take
 * (`testTimeout` of jest), so that what is told is what did not come.
 */
export const PATIENCE = 60_000;
