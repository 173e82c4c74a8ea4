import { KeysUnavailableError } from '../auth.errors.js';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`the answer is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Fetches a JSON object from the identity provider, bounded in time and size, following no redirect.
 *
 * @throws {KeysUnavailableError} when there is no usable answer
 */
export async function fetchJson(url: string): Promise<Record<string, unknown>> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`it answered ${response.status}`);
    }
    const parsed: unknown = JSON.parse(await boundedText(response));
    if (typeof parsed !== 'object' || parsed === null) throw new Error('the answer is no JSON object');
    return parsed as Record<string, unknown>;
  } catch (cause) {
    throw new KeysUnavailableError(`${url} cannot be used`, { cause });
  }
}
