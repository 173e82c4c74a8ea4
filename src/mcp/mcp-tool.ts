import { tool, type FunctionTool, type RunContext } from '@openai/agents';
import type { Tool } from '@modelcontextprotocol/client';
import { observed } from '../common/observer/observed.js';
import type { Observers } from '../common/observer/observers.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import type { AgentContext } from '../agents/run/agent-context.js';
import { cleanLine, cleanText } from '../model-text/data-text.js';
import { credentialsHint, visibleSchema, withCredentials } from './credentials.js';
import { mcpFailure, TIMEOUT } from './mcp-failure.js';
import type { McpSession } from './mcp-session.js';
import type { Redaction } from './redaction.js';
import { resultText } from './result-text.js';
import { toldByServer } from './told-by-server.js';

const FAILED = 'The tool failed and gave no result.';
const TOO_SLOW = 'The tool took too long and gave no result.';
const MAX_DESCRIPTION = 2000;
const MAX_TITLE = 80;

const logger = new ChatKitLogger('ChatKitMcp');

/**
 * A tool of a server as the SDK runs it.
 *
 * @param name what the model calls it by
 * @param redaction takes the caller's credentials out of what the server answers
 */
export function mcpTool(
  name: string,
  declared: Tool,
  session: McpSession,
  redaction: Redaction,
  observers?: Observers,
): FunctionTool<AgentContext> {
  const { server } = session;
  const told = toldByServer(declared, redaction);
  const title = cleanLine(told.title ?? told.annotations?.title ?? told.name, MAX_TITLE);
  const description = cleanText(told.description ?? title, MAX_DESCRIPTION) + credentialsHint(server);
  const parameters = {
    additionalProperties: true as const,
    properties: {},
    required: [],
    ...toldByServer(visibleSchema(server, declared.inputSchema), redaction),
    type: 'object' as const,
  };
  const execute = async (given: unknown, run?: RunContext<AgentContext>): Promise<string> => {
    if (run === undefined) throw new TypeError('the tool was called outside a run');
    const { context } = run;
    await context.stream({ type: 'progress_update', text: `${title}…` });
    const args = argumentsFor(session, declared, redaction, given);
    const { signal } = context.requestContext;
    const call = async () => (await session.connect()).call(declared.name, args, signal);
    const step = { kind: 'tool', tool: declared.name, server: server.name } as const;
    const result = await observed(
      () => observers?.around(step, call) ?? call(),
      (end) => observers?.toolCalled({ tool: declared.name, server: server.name, ...end }),
      signal,
    );
    return resultText(toldByServer(result, redaction));
  };
  const errorFunction = (run: RunContext<AgentContext>, error: unknown): string =>
    failed(session, told.name, run.context, error);
  const made: object = tool<typeof parameters, AgentContext>({
    name,
    description,
    parameters,
    strict: false,
    execute,
    errorFunction,
  });
  // the SDK writes a hyphen as an underscore
  return { ...made, name } as FunctionTool<AgentContext>;
}

/** A server in mode `prompt` gets the credentials back that the model has repeated; no other does. */
function argumentsFor(
  { server, caller }: McpSession,
  { inputSchema }: Tool,
  redaction: Redaction,
  given: unknown,
): Record<string, unknown> {
  const args = { ...(given as Record<string, unknown>) };
  if (server.authMode === 'prompt' && caller !== undefined) return redaction.restored(args, caller.token);
  return withCredentials(server, inputSchema, caller, args);
}

/** What the model is told. Neither it nor the log learns what the tool was called with. */
function failed({ server }: McpSession, toolName: string, context: AgentContext, error: unknown): string {
  const { reason } = mcpFailure(error);
  if (!context.requestContext.signal.aborted) {
    const what = { server: server.name, tool: cleanLine(toolName, MAX_TITLE), reason };
    logger.warn('a tool of an MCP server failed', what);
  }
  return reason === TIMEOUT.reason ? TOO_SLOW : FAILED;
}
