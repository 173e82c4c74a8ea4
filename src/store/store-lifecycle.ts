import { Inject, Injectable, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ChatKitDatabase } from './availability/chatkit-database.js';
import { CHATKIT_SIGNALS } from '../common/signals/signals.port.js';
import type { PostgresSignals } from './signals/postgres-signals.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';

/** Injection token of the `SchemaFeature` that a module adds. */
export const FEATURE = Symbol('chatkit:schema-feature');

/** Connects when the application starts, without keeping it waiting, and closes when it has stopped. */
@Injectable()
export class StoreLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(ChatKitDatabase) private readonly database: ChatKitDatabase,
    @Optional() @Inject(CHATKIT_SIGNALS) private readonly signals?: PostgresSignals,
  ) {}

  onModuleInit(): void {
    this.database.start();
    this.signals?.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals?.close();
    await this.database.close();
  }
}

/** Adds a feature while the application is put together, which is before the store connects. */
@Injectable()
export class FeatureRegistration {
  constructor(@Inject(SchemaFeatures) features: SchemaFeatures, @Inject(FEATURE) feature: SchemaFeature) {
    features.add(feature);
  }
}
