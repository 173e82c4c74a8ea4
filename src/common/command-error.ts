/** The command cannot do what it was asked for; the message says why and is for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
