import { IsInt, Max, Min } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** Where the server listens. */
export abstract class ServerConfig extends RuntimeConfig {
  @Env('PORT', { description: 'Port the server listens on.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number = 3000;
}
