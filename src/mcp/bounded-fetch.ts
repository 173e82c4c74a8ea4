import type { FetchLike } from '@modelcontextprotocol/client';

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * As fetch, for one MCP session: a response ends with an error when it grows too large, and the stream
 * that servers may offer for messages nobody asked for is not opened.
 */
export const boundedFetch: FetchLike = async (url, init) => {
  if (init?.method === 'GET') return new Response(null, { status: 405 });
  const response = await fetch(url, init);
  if (response.body === null) return response;
  let left = MAX_BYTES;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      if (left < 0) controller.error(new Error('the response is too large'));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counted), { status, statusText, headers });
};
