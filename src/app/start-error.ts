/** Why the server cannot listen, for the operator to read: its message says it all. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: end the program that uses it, or set PORT to another one',
  EADDRNOTAVAIL: 'cannot be had at this address: set HOST to an address of this computer',
  EACCES: 'may not be used by this account: set PORT to another one',
};

/** The error itself, or one that an operator understands where the port is the reason. */
export function asStartError(error: unknown, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  if (error.syscall === 'getaddrinfo')
    return new StartError('HOST is no address of this computer', { cause: error });
  const reason = error.syscall === 'listen' ? REASONS[String(error.code)] : undefined;
  return reason === undefined ? error : new StartError(`Port ${port} ${reason}`, { cause: error });
}
