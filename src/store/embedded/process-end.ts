const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `last` when the process ends without having been asked to close things in order. The end itself is
 * left as it is: the exit code stays, and a signal that somebody else listens for is left to them.
 *
 * @returns stops watching
 */
export function onProcessEnd(last: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    stop();
    last();
    process.kill(process.pid, signal);
  };
  const stop = (): void => {
    process.off('exit', last);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.once('exit', last);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return stop;
}
