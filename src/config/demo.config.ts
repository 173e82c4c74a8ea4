import { IsBoolean, IsOptional } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** Whether the demonstration is part of the server. */
export class DemoConfig extends RuntimeConfig {
  @Env('CHATKIT_DEMO', {
    description: 'Gives the agent the tools of the portal’s page `/try`, which show what ChatKit can do.',
    defaultText: 'true, in production false',
  })
  @IsOptional()
  @IsBoolean()
  readonly demo?: boolean;

  get enabled(): boolean {
    return this.demo ?? !this.production;
  }
}
