import type { FunctionTool, Model } from '@openai/agents';
import type { RequestContext } from '../../auth/context/request-context.js';
import type { AgentContext } from './agent-context.js';

/** Injection token of a {@link ToolSource}. */
export const CHATKIT_TOOL_SOURCE = Symbol('chatkit:tool-source');

/** Tools from elsewhere for one answer. To be closed when the answer is over. */
export interface ToolAccess {
  readonly tools: readonly FunctionTool<AgentContext>[];
  /** The instructions, with what the model has to know to use the tools. */
  instructions(instructions: string): string;
  /** The model, kept from repeating to others what it is told to use the tools. */
  model(model: Model): Model;
  /** Ends what was opened; nobody has to wait for it. */
  close(): void;
}

/** Where an agent finds tools that are none of the application's own, such as MCP servers. */
export interface ToolSource {
  /**
   * @param taken names of other tools of the agent
   * @returns undefined where there are none for the caller
   */
  open(context: RequestContext, taken?: Iterable<string>): Promise<ToolAccess | undefined>;
}
