import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
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

  @Env('CHATKIT_REPLICAS', {
    description:
      'How many instances serve the same database. With more than one they tell each other of the answers they give, and ' +
      'production does not start where files would be kept in a folder of each.',
  })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly replicas: number = 1;

  /** Whether this is a production environment. */
  get production(): boolean {
    return this.nodeEnv === 'production';
  }
}
