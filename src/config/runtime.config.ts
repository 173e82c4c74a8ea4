import { MaxLength } from 'class-validator';
import { Env } from './validate.js';

/** What every part wants to know of where it runs. */
export abstract class RuntimeConfig {
  @Env('NODE_ENV', {
    description: '`production` turns the development identity provider and the embedded database off.',
  })
  @MaxLength(64)
  readonly nodeEnv: string = 'development';

  /** Whether this is a production environment. */
  get production(): boolean {
    return this.nodeEnv === 'production';
  }
}
