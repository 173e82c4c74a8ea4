/** Port to whatever uses MCP servers. */
export interface McpReporter {
  /** Each server by its name, with its last failure until it has answered since; `at` is an ISO time. */
  status(): Readonly<Record<string, { readonly reason: string; readonly at: string } | undefined>>;
}

/** Injection token of {@link McpReporter}. */
export const MCP_REPORTER = Symbol('MCP_REPORTER');
