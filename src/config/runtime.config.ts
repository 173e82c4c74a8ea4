import { IsIn, IsOptional } from 'class-validator';
import { Env } from './validate.js';

const KINDS = ['development', 'test', 'production'] as const;

/** What every part wants to know of where it runs. */
export abstract class RuntimeConfig {
  @Env('NODE_ENV', {
    description:
      '`development`, `test` or `production`; nothing else is taken. `npm start` sets `development`, which alone turns ' +
      'the development identity provider on; `production` turns the embedded database off.',
  })
  @IsOptional()
  @IsIn(KINDS, { message: `must be one of ${KINDS.join(', ')}` })
  readonly nodeEnv?: (typeof KINDS)[number];

  /** Whether this is a production environment. */
  get production(): boolean {
    return this.nodeEnv === 'production';
  }
}
