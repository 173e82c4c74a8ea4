import { ConsoleLogger } from '@nestjs/common';

/** What the framework says while it puts itself together; dozens of lines nobody reads. */
const ASSEMBLY = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Logs what the server does, and of the framework only what went wrong. */
export class StartLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (!ASSEMBLY.has(String(rest.at(-1)))) super.log(message, ...(rest as [unknown]));
  }

  /** Why the port cannot be had is told once, by whoever tried to listen. */
  override error(message: unknown, ...rest: unknown[]): void {
    const isListening = rest.at(-1) === 'NestApplication' && String(message).startsWith('Error: listen ');
    if (!isListening) super.error(message, ...(rest as [unknown]));
  }
}
