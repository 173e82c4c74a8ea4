import type * as z from 'zod';
import type { AgentContext } from '../agent-context.js';
import { declare } from './declaration.js';

/** A JSON schema of an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly [keyword: string]: unknown;
}

/** What is said of a tool. */
export interface ToolOptions<P extends z.ZodObject | ObjectSchema = z.ZodObject | ObjectSchema> {
  /** What the model calls it by: 1 to 64 letters, digits, `_` and `-`; unique for an assistant. */
  readonly name: string;
  /** Tells the model what it does and when to use it. */
  readonly description: string;
  /**
   * What it is called with: a zod object, whose output the method gets, or a JSON schema of type `object`.
   * The arguments are checked in both cases. A zod object goes to the model in strict mode, which knows
   * neither records, dates nor transforms; optional fields come as null from it and are then left out.
   */
  readonly parameters: P;
  /**
   * Milliseconds after which its signal fires and the model is told that it took too long, up to an hour.
   * Default `CHATKIT_TOOL_TIMEOUT_MS`.
   */
  readonly timeoutMs?: number;
}

/** What a tool gets as its arguments. */
export type ToolArguments<P> = P extends z.ZodObject ? z.output<P> : Record<string, unknown>;

/**
 * Makes a method of a provider a tool of the agent. It is called with the arguments and the run's context:
 * who asks, the thread, the means to show something, and a signal (`context.requestContext.signal`) that fires
 * when the user leaves or the tool's time is over. What it returns goes to the model, anything but a string as
 * JSON, cut after `CHATKIT_TOOL_RESULT_MAX` characters; what it throws is logged, and the model learns only
 * that the tool has failed.
 */
export function ChatKitTool<P extends z.ZodObject | ObjectSchema>(options: ToolOptions<P>) {
  return <M extends (args: ToolArguments<P>, context: AgentContext) => unknown>(
    target: object,
    key: string | symbol,
    _descriptor: TypedPropertyDescriptor<M>,
  ): void => declare(target, key, { kind: 'tool', options });
}
