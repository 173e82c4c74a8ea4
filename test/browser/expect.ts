import { expect as assertions } from '@playwright/test';

/** How long a test waits for what may still be coming: enough for a machine that others use too. */
export const PATIENCE_MS = 60_000;

/** Playwright's assertions, which look again until they hold. */
export const expect = assertions.configure({ timeout: PATIENCE_MS });
