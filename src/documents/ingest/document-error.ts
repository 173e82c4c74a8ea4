/** A document that cannot be taken as it is; the message says why and is safe to show. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}
