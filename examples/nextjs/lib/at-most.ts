import 'server-only';

/** More has come than is taken. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Passes bytes on as they come, and breaks off after so many. */
export function atMost(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > maxBytes) controller.error(new TooLargeError(`more than ${maxBytes} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
