/** The name of an error, for logs and health: its message may quote anything. */
export function nameOf(error: unknown): string {
  // time-outs are DOMExceptions, which need not be of the class Error
  const hasName = typeof error === 'object' && error !== null && 'name' in error;
  return hasName && typeof error.name === 'string' ? error.name : 'unexpected';
}
