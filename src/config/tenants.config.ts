import { IsInt, IsOptional, Max, MaxLength, Min, MinLength } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** Who operates the service for all of its tenants, and how long these keep what they have. */
export class TenantsConfig extends RuntimeConfig {
  @Env('CHATKIT_OPERATOR_TENANT', {
    description:
      'Organisation whose members with the role `CHATKIT_OPERATOR_ROLE` operate the service, by the routes under ' +
      '`/chatkit/operator`. Without it there are no such routes.',
  })
  @IsOptional()
  @MinLength(1)
  @MaxLength(256)
  readonly operatorTenant?: string;

  @Env('CHATKIT_OPERATOR_ROLE', { description: 'Role of the operators, in that organisation alone.' })
  @MinLength(1)
  @MaxLength(200)
  readonly operatorRole: string = 'operator';

  @Env('CHATKIT_REPORT_KEY', {
    description:
      'Private Ed25519 key, as PEM (PKCS #8, line ends may be written as \\n) or as JWK, that signs the reports of ' +
      'erasures. Without it nothing is erased.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(8192)
  readonly reportKey?: string;

  @Env('CHATKIT_RETENTION_ACTIVE_DAYS', {
    description:
      'Days after which threads with the status `active` that nothing was added to are removed; 0 never.',
  })
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retainActiveDays: number = 0;

  @Env('CHATKIT_RETENTION_LOCKED_DAYS', {
    description:
      'Days after which threads with the status `locked` that nothing was added to are removed; 0 never.',
  })
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retainLockedDays: number = 0;

  @Env('CHATKIT_RETENTION_CLOSED_DAYS', {
    description:
      'Days after which threads with the status `closed` that nothing was added to are removed; 0 never.',
  })
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retainClosedDays: number = 0;

  @Env('CHATKIT_RETENTION_MINUTES', {
    description: 'Minutes between two looks for threads that are older than they are kept.',
  })
  @IsInt()
  @Min(1)
  @Max(10_080)
  readonly retentionMinutes: number = 60;
}
