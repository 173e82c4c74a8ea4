import { observed } from '../../common/observer/observed.js';
import type { Observers } from '../../common/observer/observers.js';
import { ModelBehaviorError, tool, type FunctionTool, type RunContext } from '@openai/agents';
import * as z from 'zod';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { isRecord } from '../../common/is-record.js';
import type { AgentContext } from '../run/agent-context.js';
import type { DecoratedMethod } from './decorated-methods.js';
import type { ObjectSchema, ToolOptions } from './declaration.js';
import { limitedResult } from './tool-result.js';

const FAILED = 'The tool failed and gave no result.';
const WRONG_ARGUMENTS = 'The arguments do not fit the parameters of the tool.';
const TOO_LATE = 'The tool took too long and gave no result.';
const NO_RESULT = 'Done.';
const LONGEST_MS = 3_600_000;

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const logger = new ChatKitLogger('ChatKitTool');

class WrongArguments extends Error {}

/** What tools may take: of time, and of the model's input. */
export interface ToolLimits {
  /** Milliseconds for a tool that says nothing else. */
  readonly toolTimeoutMs: number;
  /** Characters of a result. */
  readonly toolResultMax: number;
}

/**
 * The tool as the SDK runs it.
 *
 * @throws Error saying what is wrong with the declaration
 */
export function agentTool(
  { name, description, parameters, timeoutMs }: ToolOptions,
  method: DecoratedMethod,
  limits: ToolLimits,
  observers?: Observers,
): FunctionTool<AgentContext> {
  if (!NAME.test(name)) {
    throw new Error(`the name ${JSON.stringify(name)} is not 1 to 64 letters, digits, _ and -`);
  }
  if (typeof description !== 'string') throw new Error('the description is no string');
  if (timeoutMs !== undefined && !(timeoutMs >= 1 && timeoutMs <= LONGEST_MS)) {
    throw new Error(`the time limit is not 1 to ${LONGEST_MS} milliseconds`);
  }
  const declared = {
    name,
    description,
    timeoutMs: timeoutMs ?? limits.toolTimeoutMs,
    timeoutErrorFunction: () => tookTooLong(name),
    errorFunction: (run: RunContext<AgentContext>, error: unknown) => failed(name, run.context, error),
  };
  const call: Call = async (args, run, details) => {
    const work = async (): Promise<unknown> => method.call(args, run && inTime(run.context, details?.signal));
    const result = await observed(
      () => observers?.around({ kind: 'tool', tool: name }, work) ?? work(),
      (end) => observers?.toolCalled({ tool: name, ...end }),
      details?.signal,
    );
    return limitedResult(result ?? NO_RESULT, limits.toolResultMax);
  };
  const made = isZodObject(parameters)
    ? strictTool(declared, parameters, call)
    : looseTool(declared, parameters, call);
  // the SDK writes a hyphen as an underscore
  return { ...made, name } as FunctionTool<AgentContext>;
}

interface Declared {
  readonly name: string;
  readonly description: string;
  readonly timeoutMs: number;
  readonly timeoutErrorFunction: (run: RunContext<AgentContext>) => string;
  readonly errorFunction: (run: RunContext<AgentContext>, error: unknown) => string;
}

type Call = (
  args: unknown,
  run?: RunContext<AgentContext>,
  details?: { readonly signal?: AbortSignal },
) => Promise<unknown>;

/** The context of a tool: its signal fires when the request's does, and when the tool's time is over. */
function inTime(context: AgentContext, signal: AbortSignal | undefined): AgentContext {
  if (signal === undefined) return context;
  const { requestContext } = context;
  const either = AbortSignal.any([requestContext.signal, signal]);
  return context.withRequestContext(requestContext.with({ signal: either }));
}

function strictTool(declared: Declared, parameters: z.ZodObject, execute: Call): object {
  try {
    return tool<z.ZodObject, AgentContext, unknown>({ ...declared, parameters, strict: true, execute });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the parameters cannot be described to the model: ${reason}`, {
      cause: error,
    });
  }
}

function looseTool(declared: Declared, schema: ObjectSchema, call: Call): object {
  const check = checkOf(schema);
  const parameters = {
    additionalProperties: true as const,
    properties: {},
    required: [],
    ...schema,
  };
  const execute: Call = async (args, run, details) => {
    if (!check.safeParse(args).success) throw new WrongArguments();
    return call(args, run, details);
  };
  return tool<typeof parameters, AgentContext, unknown>({ ...declared, parameters, strict: false, execute });
}

function isZodObject(parameters: z.ZodObject | ObjectSchema): parameters is z.ZodObject {
  return parameters instanceof z.ZodObject;
}

/** Declarations may come from code that is not checked: what is no schema is noticed here. */
function checkOf(schema: unknown): z.ZodType {
  if (!isRecord(schema) || schema['type'] !== 'object')
    throw new Error('the parameters are neither a zod object nor a JSON schema of an object');
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the parameters are no JSON schema: ${reason}`, { cause: error });
  }
}

function tookTooLong(tool: string): string {
  logger.warn('a tool took too long', { tool });
  return TOO_LATE;
}

/** What the model is told. Neither it nor the log learns what the tool was called with. */
function failed(tool: string, { requestContext }: AgentContext, error: unknown): string {
  if (error instanceof WrongArguments || error instanceof ModelBehaviorError) {
    logger.warn('the model called a tool with wrong arguments', { tool });
    return WRONG_ARGUMENTS;
  }
  if (!requestContext.signal.aborted) logger.error('a tool failed', { tool, error });
  return FAILED;
}
