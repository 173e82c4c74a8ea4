import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header, Module, type DynamicModule, Inject } from '@nestjs/common';
import type { TelemetryConfig } from '../config/telemetry.config.js';

/** What runs here. */
export interface Version {
  readonly name: string;
  readonly version: string;
  /** Commit that it was built from, where the configuration says so. */
  readonly commit?: string;
  /** Version of Node. */
  readonly node: string;
}

/** From here to the root of the package, as source and as it is built. */
const TO_ROOT = ['../..', '../../..'];

/** The package that this file belongs to. */
export function ownVersion({ commit }: Pick<TelemetryConfig, 'commit'>): Version {
  const path = TO_ROOT.map((up) => join(import.meta.dirname, up, 'package.json')).find((file) =>
    existsSync(file),
  );
  if (path === undefined) throw new Error('the server was taken out of its package');
  const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as Version;
  return { name, version, ...(commit !== undefined && { commit }), node: process.versions.node };
}

const VERSION = Symbol('chatkit:version');

@Controller('version')
class VersionController {
  constructor(@Inject(VERSION) private readonly version: Version) {}

  @Get()
  @Header('cache-control', 'no-store')
  tell(): Version {
    return this.version;
  }
}

/** `GET /version`: which version runs. Open to anyone. */
@Module({})
export class VersionModule {
  static register(version: Version): DynamicModule {
    return {
      module: VersionModule,
      controllers: [VersionController],
      providers: [{ provide: VERSION, useValue: version }],
    };
  }
}
