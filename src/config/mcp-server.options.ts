import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { isRecord } from '../common/is-record.js';
import {
  HTTP_URL,
  McpAuthOptions,
  McpExchangeOptions,
  type McpAuthMode,
  type McpClient,
} from './mcp-auth.options.js';

const MAX_SERVERS = 20;

/** One MCP server: behind an address (streamable HTTP), or a command that speaks over stdio. */
export class McpServerOptions {
  /** Unique; in logs, in health, and before the names of tools that would collide. */
  @Matches(/^[a-zA-Z][\w-]{0,31}$/, {
    message: '$property must be 1 to 32 letters, digits, _ and -, beginning with a letter',
  })
  readonly name: string = '';

  @IsOptional()
  @IsUrl(HTTP_URL)
  @MaxLength(2000)
  readonly url?: string;

  /** A program that is started once and serves everybody. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  readonly command?: string;

  @IsArray()
  @IsString({ each: true })
  @ArrayMaxSize(100)
  readonly args: string[] = [];

  /** Environment of the command, besides `PATH`, `HOME` and the like. */
  @IsOptional()
  readonly env?: Record<string, string>;

  @Type(() => McpAuthOptions)
  @ValidateNested({ message: '$property must be an object' })
  readonly auth: McpAuthOptions = new McpAuthOptions();

  /** Longest a call may take, in milliseconds. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly timeoutMs: number = 30_000;

  /** Longest an answer waits for the server and its list of tools, in milliseconds. */
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly connectTimeoutMs: number = 5000;

  /** The tools that may be used, by the names that the server gives them. Default: all. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @ArrayMaxSize(200)
  readonly tools?: string[];

  /** The mode that applies. */
  get authMode(): McpAuthMode {
    if (this.auth.mode !== undefined) return this.auth.mode;
    if (this.auth.exchange === undefined) return 'none';
    return this.url === undefined ? 'arguments' : 'header';
  }
}

/** What has come out of a list of servers. */
export interface McpServerList {
  readonly servers: readonly McpServerOptions[];
  /** What is wrong, each naming its server; none of them quotes a value. */
  readonly problems: readonly string[];
}

/**
 * Reads a list of plain objects; unknown keys are refused.
 *
 * @param client for servers with an exchange that name no client of their own
 */
export function mcpServersFrom(plain: unknown, client: McpClient = {}): McpServerList {
  if (!Array.isArray(plain)) return { servers: [], problems: ['must be a JSON list of servers'] };
  if (plain.length > MAX_SERVERS)
    return { servers: [], problems: [`must not hold more than ${MAX_SERVERS} servers`] };
  const servers: McpServerOptions[] = [];
  const problems: string[] = [];
  for (const [index, entry] of plain.entries()) {
    const label = labelOf(entry, index);
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      problems.push(`${label} must be an object`);
      continue;
    }
    const server = plainToInstance(McpServerOptions, entry);
    const exchange: unknown = server.auth?.exchange;
    if (exchange instanceof McpExchangeOptions && exchange.clientId === undefined)
      Object.assign(exchange, client);
    const found = [...faults(server), ...contradictions(server)];
    if (servers.some(({ name }) => name === server.name)) found.push('name is taken by another server');
    problems.push(...found.map((problem) => `${label}: ${problem}`));
    servers.push(server);
  }
  return { servers, problems };
}

function labelOf(entry: unknown, index: number): string {
  const name = isRecord(entry) ? entry['name'] : undefined;
  return typeof name === 'string' && /^[\w-]{1,32}$/.test(name) ? `server "${name}"` : `server ${index + 1}`;
}

function faults(server: McpServerOptions): string[] {
  const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };
  return validateSync(server, options).flatMap((error) => messages(error, ''));
}

function messages({ property, constraints = {}, children = [] }: ValidationError, parent: string): string[] {
  const own = Object.entries(constraints).map(([rule, message]) =>
    rule === 'whitelistValidation' ? `${parent}${property} is not an option` : `${parent}${message}`,
  );
  return [...own, ...children.flatMap((child) => messages(child, `${parent}${property}.`))];
}

/** Rules that span several options. */
function contradictions({ url, command, args, env, auth }: McpServerOptions): string[] {
  const found: string[] = [];
  if ((url === undefined) === (command === undefined)) found.push('one of url and command must be given');
  if (command === undefined && (args.length > 0 || env !== undefined)) {
    found.push('args and env belong to a command');
  }
  if (command !== undefined && auth?.mode === 'header') {
    found.push('auth.mode must be arguments, prompt or none for a command, which has no headers');
  }
  if (auth?.exchange !== undefined && auth.mode === 'none') {
    found.push('auth.exchange needs another auth.mode than none');
  }
  if (auth?.exchange !== undefined && auth.exchange.clientId === undefined) {
    found.push('auth.exchange.clientId must be given, or CHATKIT_MCP_CLIENT_ID');
  }
  if (env !== undefined && !isTexts(env)) found.push('env must be an object of texts');
  return found;
}

function isTexts(env: unknown): boolean {
  if (typeof env !== 'object' || env === null || Array.isArray(env)) return false;
  return Object.values(env).every((value) => typeof value === 'string');
}
