import type * as z from 'zod';
import type { AgentContext } from '../run/agent-context.js';
import { declare, type ObjectSchema, type ToolOptions } from './declaration.js';

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
