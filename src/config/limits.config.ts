import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import type { Limits } from '../common/limits/limits.js';
import { Env } from './validate.js';

/** Where requests are counted: by each instance for itself, or by all of them in the database. */
export type LimitStorage = 'memory' | 'postgres';

/** How much a user or an organisation may ask for and use up; 0 sets no limit. */
export class LimitsConfig implements Limits {
  @Env('CHATKIT_LIMIT_USER_REQUESTS', { description: 'Requests a user may send a minute; 0 is no limit.' })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly userRequests: number = 0;

  @Env('CHATKIT_LIMIT_TENANT_REQUESTS', {
    description: 'Requests all users of an organisation may send a minute; 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  readonly tenantRequests: number = 0;

  @Env('CHATKIT_LIMIT_USER_STREAMS', {
    description:
      'Answers of one user that each instance writes at the same time; 0 is `CHATKIT_MAX_STREAMS_PER_USER`.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly userStreams: number = 0;

  @Env('CHATKIT_LIMIT_TENANT_STREAMS', {
    description: 'The same for one organisation; 0 is `CHATKIT_MAX_STREAMS_PER_TENANT`.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly tenantStreams: number = 0;

  @Env('CHATKIT_LIMIT_USER_TOKENS_DAY', {
    description: 'Tokens that answers for a user may use up on a day (UTC); 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly userTokensDay: number = 0;

  @Env('CHATKIT_LIMIT_USER_TOKENS_MONTH', {
    description: 'Tokens that answers for a user may use up in a month (UTC); 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly userTokensMonth: number = 0;

  @Env('CHATKIT_LIMIT_TENANT_TOKENS_DAY', {
    description: 'Tokens that answers for an organisation may use up on a day (UTC); 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly tenantTokensDay: number = 0;

  @Env('CHATKIT_LIMIT_TENANT_TOKENS_MONTH', {
    description: 'Tokens that answers for an organisation may use up in a month (UTC); 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly tenantTokensMonth: number = 0;

  @Env('CHATKIT_LIMIT_USER_THREADS', {
    description: 'Conversations that are kept for a user; 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly userThreads: number = 0;

  @Env('CHATKIT_LIMIT_TENANT_THREADS', {
    description: 'Conversations that are kept for an organisation; 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  readonly tenantThreads: number = 0;

  @Env('CHATKIT_LIMIT_USER_FILE_BYTES', {
    description:
      'Bytes of attachments that are kept for a user, of which each counts for 4096 or more; 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly userFileBytes: number = 0;

  @Env('CHATKIT_LIMIT_TENANT_FILE_BYTES', {
    description: 'Bytes of attachments and documents that are kept for an organisation; 0 is no limit.',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly tenantFileBytes: number = 0;

  @Env('CHATKIT_LIMITS_STORAGE', {
    description:
      '`memory`: each instance counts the requests of a minute for itself; `postgres`: all of them together, for one round ' +
      'trip to the database for each limit that is set.',
  })
  @IsIn(['memory', 'postgres'])
  readonly storage: LimitStorage = 'memory';

  @Env('CHATKIT_LIMITS_PER_TENANT', {
    description:
      'Whether operators set limits for single organisations, in place of these; they are looked up twice a minute. Always where `CHATKIT_OPERATOR_TENANT` is set.',
  })
  @IsBoolean()
  readonly perTenant: boolean = false;
}
