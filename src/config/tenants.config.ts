import { IsOptional, MaxLength, MinLength } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** Who operates the service, for all of its tenants. */
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
}
