import { Global, Module } from '@nestjs/common';
import { ScopeLimits } from './scope-limits.js';

/** The limits of tenants, once for all modules of an application. */
@Global()
@Module({ providers: [ScopeLimits], exports: [ScopeLimits] })
export class ScopeLimitsModule {}
