import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Audited}. */
export const AUDITED_METADATA = 'chatkit:audited';

/** What is known of a request that was carried out, or was not. */
export interface AuditedRequest {
  /** As it was sent, perhaps not checked. */
  readonly body: unknown;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** What the handler returned; undefined where it failed. */
  readonly result: unknown;
}

/** What the audit log says of the requests of a route. */
export interface AuditedAction {
  readonly action: string;
  readonly target: (request: AuditedRequest) => unknown;
  /** Default: whether the method is GET. */
  readonly isReading?: boolean | undefined;
}

/**
 * Names what a route of administrators does, as the audit log is to say it.
 *
 * @param action the part of the application and what is done there, such as `documents.remove`
 * @param target finds the id of what it is done to. Default: nothing is named
 * @param options of reading that each time is to be recorded: `{ isReading: false }`
 */
export function Audited(
  action: string,
  target: AuditedAction['target'] = () => undefined,
  options: Pick<AuditedAction, 'isReading'> = {},
): MethodDecorator {
  return SetMetadata(AUDITED_METADATA, { action, target, ...options } satisfies AuditedAction);
}
