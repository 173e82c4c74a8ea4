import type { FunctionTool, Model } from '@openai/agents';
import type { AgentContext } from '../agents/run/agent-context.js';
import type { ToolAccess } from '../agents/run/tool-source.port.js';
import type { Observers } from '../common/observer/observers.js';
import { credentialsBlock } from './credentials.js';
import type { McpSession } from './mcp-session.js';
import { mcpTool } from './mcp-tool.js';
import { RedactingModel } from './redacting-model.js';
import { Redaction } from './redaction.js';
import { toldByServer } from './told-by-server.js';
import { toolNames } from './tool-names.js';

/** What one answer has of the MCP servers. To be closed when the answer is over. */
export class McpAccess implements ToolAccess {
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
    observers?: Observers,
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
      mcpTool(name, declared, session, this.#redaction, observers),
    );
    this.#credentials = sessions
      .map(({ server, caller }) => credentialsBlock(server, caller))
      .filter((block) => block !== undefined);
  }

  instructions(instructions: string): string {
    return [instructions, ...this.#credentials].join('\n\n');
  }

  model(model: Model): Model {
    return this.#credentials.length === 0 ? model : new RedactingModel(model, this.#redaction);
  }

  close(): void {
    for (const session of this.sessions) session.close();
  }
}
