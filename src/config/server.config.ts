import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** An address or a name, as `listen` takes it. */
const HOST = /^[A-Za-z0-9._:%-]{1,253}$/;
const LOOPBACK = '127.0.0.1';

/** Where the server listens. */
export abstract class ServerConfig extends RuntimeConfig {
  @Env('HOST', {
    description:
      'Address the server listens on; `0.0.0.0` or `::` is every one. In development this computer alone reaches ' +
      'it, since everybody knows the passwords of the example members.',
    defaultText: '127.0.0.1, in production all',
  })
  @IsOptional()
  @Matches(HOST, { message: 'must be an IP address or the name of this computer' })
  readonly host?: string;

  @Env('PORT', { description: 'Port the server listens on.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number = 3000;

  /** What to listen on; undefined is every address. */
  get listenHost(): string | undefined {
    return this.host ?? (this.production ? undefined : LOOPBACK);
  }
}
