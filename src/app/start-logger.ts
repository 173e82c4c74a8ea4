import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { LOG_LEVELS, type LogLevelName } from '../config/telemetry.config.js';
import { isRecord } from '../common/is-record.js';
import { LogLines } from './log-lines.js';

/** What the framework says while it puts itself together; dozens of lines nobody reads. */
const ASSEMBLY = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** The level and those before it. */
export function levelsOf(level: LogLevelName): LogLevel[] {
  return LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1);
}

/** Logs what the server does, and of the framework only what went wrong. As JSON, a fact is a field of its line. */
export class StartLogger extends ConsoleLogger {
  readonly #lines = new LogLines((text) => process.stdout.write(text));

  override log(message: unknown, ...rest: unknown[]): void {
    if (!ASSEMBLY.has(String(rest.at(-1)))) super.log(message, ...(rest as [unknown]));
  }

  /** Why the port cannot be had is told once, by whoever tried to listen. */
  override error(message: unknown, ...rest: unknown[]): void {
    const isListening = rest.at(-1) === 'NestApplication' && String(message).startsWith('Error: listen ');
    if (!isListening) super.error(message, ...(rest as [unknown]));
  }

  /** What has facts is of plain values and ours: Nest's own way looks for what JSON cannot say. */
  protected override printAsJson(
    message: unknown,
    options: Parameters<ConsoleLogger['printAsJson']>[1],
  ): void {
    const isPlain = isRecord(message) && !(message instanceof Error);
    if (isPlain && options.params === undefined && (options.writeStreamType ?? 'stdout') === 'stdout') {
      this.#lines.add(JSON.stringify(this.getJsonLogObject(message, options)));
      return;
    }
    this.#lines.flush();
    super.printAsJson(message, options);
  }

  protected override getJsonLogObject(
    message: unknown,
    options: Parameters<ConsoleLogger['getJsonLogObject']>[1],
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    if (!isRecord(message) || typeof message['message'] !== 'string') {
      return super.getJsonLogObject(message, options);
    }
    const { message: text, ...facts } = message;
    // what every line has wins over a fact of the same name
    return { ...facts, ...super.getJsonLogObject(text, options) };
  }

  protected override stringifyMessage(message: unknown, logLevel: LogLevel): string {
    if (!isRecord(message) || typeof message['message'] !== 'string') {
      return super.stringifyMessage(message, logLevel);
    }
    const { message: text, ...facts } = message;
    const told = Object.entries(facts).filter(([, value]) => value !== undefined);
    const pairs = told.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    return `${this.colorize(text, logLevel)}${pairs.join('')}`;
  }
}
