/** Every event of the wrapper, each told to the test by name. */
const EVENTS = [
  'onReady',
  'onError',
  'onEffect',
  'onDeeplink',
  'onResponseStart',
  'onResponseEnd',
  'onThreadChange',
  'onThreadLoadStart',
  'onThreadLoadEnd',
  'onHistoryOpen',
  'onHistoryClose',
  'onToolChange',
  'onLog',
] as const;

declare global {
  interface Window {
    harness: {
      /** Version of the React that the page is built with. */
      readonly react: string;
      start(options: unknown): void;
      /** Methods that the page calls, with their arguments, as soon as the chat is ready. */
      readonly atReady: (readonly [name: string, args: readonly unknown[]])[];
      /** Takes the chat out of the page, as React does when its place is gone. */
      stop(): void;
      setOptions(options: unknown): void;
      call(name: string, args: readonly unknown[]): Promise<unknown>;
    };
    /** Runs a function of the test. */
    callTest(path: string, args: readonly unknown[]): Promise<unknown>;
    tellTest(kind: 'event' | 'request', value: unknown): Promise<void>;
  }
}

/** Options as the test wrote them: its functions come as their paths and are called over there. */
export function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if ('undefinedInTest' in value) return undefined;
  if ('fetchOfPage' in value)
    return value.fetchOfPage === 'window' ? window.fetch : adding(value.fetchOfPage);
  if ('functionOfTest' in value) {
    const path = String(value.functionOfTest);
    return (...args: unknown[]) => window.callTest(path, args);
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member)]));
}

/** A fetch that adds a header, as the documentation of the wrapper shows it. */
function adding(value: unknown): typeof fetch {
  return (input, init) => {
    const headers = { ...(init?.headers as Record<string, string>), 'x-test': String(value) };
    return recordingFetch(input, { ...init, headers });
  };
}

function plain(detail: unknown): unknown {
  if (detail instanceof Error) return { message: detail.message };
  if (typeof detail !== 'object' || detail === null) return detail;
  return Object.fromEntries(Object.entries(detail).map(([key, member]) => [key, plain(member)]));
}

export const eventHandlers = Object.fromEntries(
  EVENTS.map((name) => [name, (detail: unknown) => void window.tellTest('event', [name, plain(detail)])]),
);

/** The page's fetch; what goes through it is told to the test first. */
export const recordingFetch: typeof fetch = (input, init) => {
  const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
  void window.tellTest('request', {
    url: input instanceof Request ? input.url : input.toString(),
    headers: init?.headers ?? {},
    signal: init?.signal instanceof AbortSignal,
    body,
  });
  return fetch(input, init);
};
