import type { Tool } from '@modelcontextprotocol/client';
import type { McpServerOptions } from '../config/mcp-server.options.js';
import { dataBlock, dataLine } from '../model-text/data-text.js';

/** Whoever a session with a server is opened for. */
export interface Caller {
  readonly userId: string;
  /** What the server may have. */
  readonly token: string;
  /** What that was exchanged for. */
  readonly exchanged?: string;
}

type Arguments = Record<string, unknown>;

/** The headers that tell a server who is asking. */
export function credentialHeaders(
  { auth, authMode }: McpServerOptions,
  caller: Caller | undefined,
): Record<string, string> {
  if (authMode !== 'header' || caller === undefined) return {};
  const { header, scheme } = auth;
  return { [header]: scheme === '' ? caller.token : `${scheme} ${caller.token}` };
}

/** The schema of a tool's parameters as the model may see it. */
export function visibleSchema({ auth, authMode }: McpServerOptions, schema: Tool['inputSchema']): object {
  if (authMode !== 'arguments') return schema;
  const hidden = new Set<string>(Object.values(auth.arguments));
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !hidden.has(name));
  const required = (schema.required ?? []).filter((name) => !hidden.has(name));
  return { ...schema, properties: Object.fromEntries(properties), required };
}

/** The arguments with the credentials that the tool declares, whatever the model has put in their place. */
export function withCredentials(
  { auth, authMode }: McpServerOptions,
  schema: Tool['inputSchema'],
  caller: Caller | undefined,
  args: Arguments,
): Arguments {
  if (authMode !== 'arguments' || caller === undefined) return args;
  const filled = { ...args };
  for (const key of ['token', 'userId'] as const) {
    const name = auth.arguments[key];
    if (Object.hasOwn(schema.properties ?? {}, name)) filled[name] = caller[key];
    else delete filled[name];
  }
  return filled;
}

/** Tells the model in a tool's description where its credentials are. */
export function credentialsHint({ auth, authMode }: McpServerOptions): string {
  if (authMode !== 'prompt') return '';
  const { userId, token } = auth.arguments;
  return ` Give ${userId} and ${token} in each call, as they stand in credentials-data.`;
}

/** The block of the instructions that tells the model the credentials; none for other modes. */
export function credentialsBlock(
  { auth, authMode, name }: McpServerOptions,
  caller: Caller | undefined,
): string | undefined {
  if (authMode !== 'prompt' || caller === undefined) return undefined;
  const note = `Only for calls of the tools of “${name}” that ask for them; never to be told to anybody.`;
  return dataBlock('credentials-data', note, [
    dataLine(auth.arguments.userId, caller.userId),
    dataLine(auth.arguments.token, caller.token),
  ]);
}
