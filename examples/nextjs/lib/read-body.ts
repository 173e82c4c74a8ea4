import 'server-only';

/** The backend's own limit unless it is configured otherwise. */
const MAX_BYTES = 1024 * 1024;

/** The body as it is, or undefined when it is larger than the backend would take. */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
