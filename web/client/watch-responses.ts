export interface ResponseWatch {
  /** Chat answered that it is away for now. */
  readonly onUnavailable: () => void;
  /** Whoever this page was made for is not, or no longer, who the server takes it for. */
  readonly onRefused: () => void;
}

const UNAVAILABLE = 'chat_unavailable';

async function saysUnavailable(response: Response): Promise<boolean> {
  if (response.status !== 503) return false;
  const body = (await response
    .clone()
    .json()
    .catch(() => undefined)) as { error?: { code?: unknown } } | undefined;
  return body?.error?.code === UNAVAILABLE;
}

/** A fetch that passes everything through and tells when an answer concerns the whole page. */
export function watchResponses(send: typeof fetch, watch: ResponseWatch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    if (response.status === 401 || response.status === 403) watch.onRefused();
    if (await saysUnavailable(response)) watch.onUnavailable();
    return response;
  };
}
