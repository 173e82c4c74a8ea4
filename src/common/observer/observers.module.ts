import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OwnProviders } from '../discovery/own-providers.js';
import { RegisteredProviders } from '../discovery/registered-providers.js';
import { Observers } from './observers.js';

/** The observers of an application, once for all modules that tell them something. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [OwnProviders, RegisteredProviders, Observers],
  exports: [Observers],
})
export class ObserversModule {}
