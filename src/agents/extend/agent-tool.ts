import { Logger } from '@nestjs/common';
import { ModelBehaviorError, tool, type FunctionTool, type RunContext } from '@openai/agents';
import * as z from 'zod';
import type { AgentContext } from '../agent-context.js';
import { whereabouts } from '../whereabouts.js';
import type { DecoratedMethod } from './decorated-methods.js';
import type { ObjectSchema, ToolOptions } from './tool.decorator.js';

const FAILED = 'The tool failed and gave no result.';
const WRONG_ARGUMENTS = 'The arguments do not fit the parameters of the tool.';
const NO_RESULT = 'Done.';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const logger = new Logger('ChatKitTool');

class WrongArguments extends Error {}

/**
 * The tool as the SDK runs it.
 *
 * @throws Error saying what is wrong with the declaration
 */
export function agentTool(
  { name, description, parameters }: ToolOptions,
  method: DecoratedMethod,
): FunctionTool<AgentContext> {
  if (!NAME.test(name)) {
    throw new Error(`the name ${JSON.stringify(name)} is not 1 to 64 letters, digits, _ and -`);
  }
  if (typeof description !== 'string') throw new Error('the description is no string');
  const declared = {
    name,
    description,
    errorFunction: (run: RunContext<AgentContext>, error: unknown) => failed(name, run.context, error),
  };
  const call = async (args: unknown, run?: RunContext<AgentContext>): Promise<unknown> =>
    (await method.call(args, run?.context)) ?? NO_RESULT;
  const made = isZodObject(parameters)
    ? strictTool(declared, parameters, call)
    : looseTool(declared, parameters, call);
  // the SDK writes a hyphen as an underscore
  return { ...made, name } as FunctionTool<AgentContext>;
}

type Declared = Pick<Parameters<typeof tool>[0], 'description'> & { readonly name: string };
type Call = (args: unknown, run?: RunContext<AgentContext>) => Promise<unknown>;

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
  const execute: Call = async (args, run) => {
    if (!check.safeParse(args).success) throw new WrongArguments();
    return call(args, run);
  };
  return tool<typeof parameters, AgentContext, unknown>({ ...declared, parameters, strict: false, execute });
}

function isZodObject(parameters: z.ZodObject | ObjectSchema): parameters is z.ZodObject {
  return parameters instanceof z.ZodObject;
}

/** Declarations may come from code that is not checked: what is no schema is noticed here. */
function checkOf(schema: unknown): z.ZodType {
  const isObjectSchema =
    typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'object';
  if (!isObjectSchema)
    throw new Error('the parameters are neither a zod object nor a JSON schema of an object');
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the parameters are no JSON schema: ${reason}`, { cause: error });
  }
}

/** What the model is told. Neither it nor the log learns what the tool was called with. */
function failed(tool: string, { requestContext }: AgentContext, error: unknown): string {
  const { correlationId, signal } = requestContext;
  if (error instanceof WrongArguments || error instanceof ModelBehaviorError) {
    logger.warn({ message: 'the model called a tool with wrong arguments', tool, correlationId });
    return WRONG_ARGUMENTS;
  }
  if (!signal.aborted) {
    logger.error({ message: 'a tool failed', tool, ...whereabouts(error), correlationId });
  }
  return FAILED;
}
