/** Milliseconds after which a page that gives no animation frames counts as painted. */
const FRAME_LIMIT = 200;

/** Calls back in a task of its own after the next paint, or soon when the page is not painted at all. */
export function afterPaint(call: () => void): void {
  let called = false;
  const once = (): void => {
    clearTimeout(timer);
    if (called) return;
    called = true;
    call();
  };
  const timer = setTimeout(once, FRAME_LIMIT);
  requestAnimationFrame(() => setTimeout(once));
}

/** Resolves after the delay or when the network comes back; rejects with an AbortError when aborted. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      cleanUp();
      resolve();
    };
    const abort = (): void => {
      cleanUp();
      reject(new DOMException('Aborted', 'AbortError'));
    };
    const timer = setTimeout(done, milliseconds);
    const cleanUp = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', abort);
    };
    window.addEventListener('online', done);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}

/** A random id; pages without a secure context have no `randomUUID`. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, at) => {
    const fixed = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return fixed.toString(16).padStart(2, '0');
  });
  return hex.join('').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
