import type { FunctionTool, Model } from '@openai/agents';
import type { AgentContext } from '../agent-context.js';
import { credentialsBlock } from './credentials.js';
import type { McpSession } from './mcp-session.js';
import { mcpTool } from './mcp-tool.js';
import { RedactingModel } from './redacting-model.js';
import { Redaction } from './redaction.js';
import { toldByServer } from './told-by-server.js';
import { toolNames } from './tool-names.js';

/** What one answer has of the MCP servers. To be closed when the answer is over. */
export class McpAccess {
  readonly tools: readonly FunctionTool<AgentContext>[];
  readonly #credentials: readonly string[];
  readonly #redaction = new Redaction();

  /**
   * @param taken names of other tools of the agent
   * @param token what the request came with
   */
  constructor(
    private readonly sessions: readonly McpSession[],
    taken: Iterable<string>,
    token = '',
  ) {
    for (const secret of [token, ...sessions.map(({ caller }) => caller?.token ?? '')]) {
      this.#redaction.add(secret);
    }
    const all = sessions.flatMap((session) =>
      session.tools.map((tool) => ({
        server: session.server.name,
        tool: toldByServer(tool.name, this.#redaction),
        declared: tool,
        session,
      })),
    );
    this.tools = [...toolNames(all, taken)].map(([{ declared, session }, name]) =>
      mcpTool(name, declared, session, this.#redaction),
    );
    this.#credentials = sessions
      .map(({ server, caller }) => credentialsBlock(server, caller))
      .filter((block) => block !== undefined);
  }

  /** The instructions, with the credentials that the model has to repeat, if there are any. */
  instructions(instructions: string): string {
    return [instructions, ...this.#credentials].join('\n\n');
  }

  /** The model, kept from repeating credentials to anybody else if it learns any. */
  model(model: Model): Model {
    return this.#credentials.length === 0 ? model : new RedactingModel(model, this.#redaction);
  }

  /** Ends the sessions, which nobody has to wait for. */
  close(): void {
    for (const session of this.sessions) session.close();
  }
}
