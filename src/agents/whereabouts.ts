/** Class and stack of an error, for the log: its message may quote what the user or the provider wrote. */
export function whereabouts(error: unknown): { readonly error: string; readonly stack: string } {
  if (!(error instanceof Error)) return { error: typeof error, stack: '' };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { error: error.constructor.name, stack: frames.join('\n') };
}
