import { expect as assertions } from '@playwright/test';

/** Playwright's assertions, which look again until they hold; the wait is for a machine that others use too. */
export const expect = assertions.configure({ timeout: 30_000 });
