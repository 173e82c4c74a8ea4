import { Inject, Injectable, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CHATKIT_SIGNALS } from '../common/signals/signals.port.js';
import { TenantDatabases } from './databases/tenant-databases.js';
import type { PostgresSignals } from './signals/postgres-signals.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';

/** Injection token of the `SchemaFeature` that a module adds. */
export const FEATURE = Symbol('chatkit:schema-feature');

/** Connects when the application starts, without keeping it waiting, and closes when it has stopped. */
@Injectable()
export class StoreLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(TenantDatabases) private readonly databases: TenantDatabases,
    @Optional() @Inject(CHATKIT_SIGNALS) private readonly signals?: PostgresSignals,
  ) {}

  onModuleInit(): void {
    this.databases.start();
    this.signals?.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals?.close();
    await this.databases.close();
  }
}

/** Adds a feature while the application is put together, which is before the store connects. */
@Injectable()
export class FeatureRegistration {
  constructor(@Inject(SchemaFeatures) features: SchemaFeatures, @Inject(FEATURE) feature: SchemaFeature) {
    features.add(feature);
  }
}
