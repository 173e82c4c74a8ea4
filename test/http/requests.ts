/** Requests as a client sends them. */
export const list = { type: 'threads.list', params: {} };

export function create(text = 'Hi', metadata: Record<string, unknown> = {}): object {
  const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
  return { type: 'threads.create', params: { input }, metadata };
}

export function getThread(id: string): object {
  return { type: 'threads.get_by_id', params: { thread_id: id } };
}

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly field?: string;
    readonly correlation_id: string;
  };
}

/** The error in an answer. */
export async function errorOf(response: Response): Promise<ErrorBody['error']> {
  return ((await response.json()) as ErrorBody).error;
}
