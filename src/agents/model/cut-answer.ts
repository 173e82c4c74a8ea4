import { ModelBehaviorError } from '@openai/agents';

/** An answer that its provider has ended before it was whole. */
export class CutAnswer extends ModelBehaviorError {
  /** @param code the provider's word for the reason, as it came */
  constructor(
    readonly code: unknown,
    cause?: unknown,
  ) {
    super('the answer was cut off');
    this.cause = cause;
  }
}

interface Ending {
  readonly type?: string;
  readonly code?: unknown;
  readonly error?: { readonly code?: unknown } | null;
  readonly response?: {
    readonly error?: { readonly code?: unknown } | null;
    readonly incomplete_details?: { readonly reason?: unknown } | null;
  };
}

/** The reason in an event of the Responses API that ends an answer too early: the SDK's errors do not have it. */
export function cutCode(event: unknown): unknown {
  const { type, code, error, response } = (event ?? {}) as Ending;
  if (type === 'error' || type === 'response.error') return code ?? error?.code;
  return response?.error?.code ?? response?.incomplete_details?.reason;
}
