/**
 * A browser on a machine that others use as well may stall for longer than a test waits. In CI such a test is given
 * one more try; what was wrong with the first is printed.
 */
const inBrowser = expect.getState().testPath?.includes('/test/browser/') ?? false;
if (process.env['CI'] && inBrowser) import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });
