import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import type { HealthIndicator } from '../common/health.js';
import { HEALTH_INDICATORS, HealthController, READINESS_INDICATORS } from './health.controller.js';

/** What `ChatKitHealthModule.forRoot()` takes. */
export interface ChatKitHealthModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Indicators that must be up for requests to be sent here, usually `ChatKitIndicator`; `imports` export them. */
  readonly readiness: readonly InjectionToken<HealthIndicator>[];
  /** Further indicators, which `GET /health` tells of besides. Default none. */
  readonly indicators?: readonly InjectionToken<HealthIndicator>[];
  /** Where its routes are. Default `health`. */
  readonly path?: string;
}

/** `GET /health`, `/health/live` and `/health/ready`, by @nestjs/terminus. */
@Module({})
export class ChatKitHealthModule {
  /** With indicators that `imports` export. */
  static forRoot({
    imports = [],
    readiness,
    indicators = [],
    path = 'health',
  }: ChatKitHealthModuleOptions): DynamicModule {
    return {
      module: ChatKitHealthModule,
      imports: [
        // whoever watches the database logs its changes; a line per probe would bury them
        TerminusModule.forRoot({ logger: false }),
        RouterModule.register([{ path, module: ChatKitHealthModule }]),
        ...imports,
      ],
      controllers: [HealthController],
      providers: [listOf(READINESS_INDICATORS, readiness), listOf(HEALTH_INDICATORS, indicators)],
    };
  }
}

function listOf(provide: symbol, inject: readonly InjectionToken<HealthIndicator>[]) {
  return { provide, inject: [...inject], useFactory: (...list: HealthIndicator[]) => list };
}
