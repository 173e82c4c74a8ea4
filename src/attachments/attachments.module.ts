import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  Module,
  RequestMethod,
  type DynamicModule,
  type FactoryProvider,
  type MiddlewareConsumer,
  type NestModule,
  type Provider,
} from '@nestjs/common';
import { PublicRoutes } from '../auth/http/public-routes.js';
import type { Clock } from '../common/clock.js';
import { keptSecret } from '../common/kept-secret.js';
import { CHATKIT_SETTINGS, completeSettings } from '../chatkit/chatkit.settings.js';
import type { Store, TenantScope } from '../chatkit/core/index.js';
import { CorsMiddleware } from '../chatkit/http/cors.middleware.js';
import { provide, type ProviderSource } from '../chatkit/provider-source.js';
import type { AttachmentsConfig } from '../config/attachments.config.js';
import { AttachmentLinks } from './attachment-links.js';
import { AttachmentsHealth } from './attachments-health.js';
import { AttachmentsController } from './attachments.controller.js';
import {
  ATTACHMENTS_CLOCK,
  ATTACHMENTS_OPTIONS,
  ATTACHMENT_RECORDS,
  ATTACHMENT_THREADS,
  BLOB_STORE,
  type AttachmentsOptions,
} from './attachments.options.js';
import { BlobAttachmentStore } from './blob-attachment-store.js';
import type { BlobStore } from './blobs/blob-store.js';
import { DiskBlobStore } from './blobs/disk-blob-store.js';
import { WatchedBlobStore } from './blobs/watched-blob-store.js';
import type { AttachmentRecords } from './records.port.js';
import { FILE_SCANNER, type FileScanner } from './scan/file-scanner.port.js';
import { FileScans } from './scan/file-scans.js';
import { SignedLinks } from './signed-links.js';
import { SweepSchedule } from './sweep/sweep-schedule.js';
import { Sweeper } from './sweep/sweeper.js';
import { IncomingFiles } from './upload/incoming-files.js';
import { Uploads } from './upload/uploads.js';

const MINUTE = 60_000;

/** What `ChatKitAttachmentsModule.register()` takes. */
export interface ChatKitAttachmentsModuleOptions {
  readonly config: AttachmentsConfig;
  /** Folder uploads arrive in, and are kept in without a bucket. */
  readonly directory: string;
  /** Folder that keeps a secret made here; without it, and without a configured one, links end with the process. */
  readonly secretDirectory?: string | undefined;
  /** Address browsers reach this server at, without a trailing slash. */
  readonly publicUrl: string;
  /** Milliseconds a client may leave an image unread. Default 30 s. */
  readonly stallTimeoutMs?: number;
  /** Origins whose pages may upload from another site. */
  readonly corsOrigins: readonly string[];
  readonly store: ProviderSource<Store<TenantScope>>;
  readonly records: ProviderSource<AttachmentRecords>;
  /** Looks at each file before it is kept. Without it files are kept as they come. */
  readonly scanner?: ProviderSource<FileScanner> | undefined;
  readonly clock: Clock;
}

/** Uploads under `/attachments`, and the BlobAttachmentStore for a ChatKitServer. Needs the ChatKitAuthModule. */
@Module({})
export class ChatKitAttachmentsModule implements NestModule {
  static register(options: ChatKitAttachmentsModuleOptions): DynamicModule {
    const { config, directory, corsOrigins, stallTimeoutMs, store, records, clock } = options;
    return {
      module: ChatKitAttachmentsModule,
      controllers: [AttachmentsController],
      providers: [
        { provide: ATTACHMENTS_OPTIONS, useValue: limitsOf(options) },
        { provide: ATTACHMENTS_CLOCK, useValue: clock },
        // the middleware for other sites is the endpoint's
        {
          provide: CHATKIT_SETTINGS,
          useValue: completeSettings({
            corsOrigins,
            ...(stallTimeoutMs !== undefined && { stallTimeoutMs }),
          }),
        },
        {
          provide: WatchedBlobStore,
          useFactory: async () =>
            new WatchedBlobStore(
              await blobStoreOf(config, directory),
              config.bucket === undefined ? 'folder' : 'bucket',
              clock,
            ),
        },
        { provide: BLOB_STORE, useExisting: WatchedBlobStore },
        provide(ATTACHMENT_THREADS, store),
        provide(ATTACHMENT_RECORDS, records),
        {
          provide: SignedLinks,
          useFactory: async () => new SignedLinks(await secretsOf(options), clock),
        },
        {
          provide: IncomingFiles,
          useFactory: () =>
            new IncomingFiles({
              directory: join(directory, 'incoming'),
              maxBytes: config.maxBytes,
              timeoutMs: config.uploadTimeoutMs,
            }),
        },
        ...scanning(options),
        attachmentStore,
        uploads,
        health,
        sweeper,
        SweepSchedule,
      ],
      exports: [BlobAttachmentStore, AttachmentsHealth],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(CorsMiddleware)
      .forRoutes(
        { path: 'attachments', method: RequestMethod.ALL },
        { path: 'attachments/*path', method: RequestMethod.ALL },
      );
  }
}

const attachmentStore: FactoryProvider<BlobAttachmentStore> = {
  provide: BlobAttachmentStore,
  inject: [BLOB_STORE, ATTACHMENT_RECORDS, SignedLinks, PublicRoutes, ATTACHMENTS_OPTIONS, ATTACHMENTS_CLOCK],
  useFactory: (
    blobs: BlobStore,
    records: AttachmentRecords,
    signed: SignedLinks,
    routes: PublicRoutes,
    options: AttachmentsOptions,
    clock: Clock,
  ) => {
    const links = new AttachmentLinks(signed, routes, options, clock);
    return new BlobAttachmentStore({ blobs, records, links, options, clock });
  },
};

const uploads: FactoryProvider<Uploads> = {
  provide: Uploads,
  inject: [
    BlobAttachmentStore,
    BLOB_STORE,
    ATTACHMENT_RECORDS,
    ATTACHMENT_THREADS,
    IncomingFiles,
    { token: FileScans, optional: true },
  ],
  useFactory: (
    attachments: BlobAttachmentStore,
    blobs: BlobStore,
    records: AttachmentRecords,
    store: Store<TenantScope>,
    incoming: IncomingFiles,
    scans: FileScans | undefined,
  ) => new Uploads({ attachments, blobs, records, store, incoming, scans }),
};

const health: FactoryProvider<AttachmentsHealth> = {
  provide: AttachmentsHealth,
  inject: [WatchedBlobStore, { token: FileScans, optional: true }],
  useFactory: (blobs: WatchedBlobStore, scans: FileScans | undefined) => new AttachmentsHealth(blobs, scans),
};

const sweeper: FactoryProvider<Sweeper> = {
  provide: Sweeper,
  inject: [BLOB_STORE, ATTACHMENT_RECORDS, IncomingFiles, ATTACHMENTS_OPTIONS, ATTACHMENTS_CLOCK],
  useFactory: (
    blobs: BlobStore,
    records: AttachmentRecords,
    incoming: IncomingFiles,
    options: AttachmentsOptions,
    clock: Clock,
  ) => new Sweeper({ blobs, records, incoming, options, clock }),
};

/** Nothing where there is no scanner. */
function scanning({ scanner, config, clock }: ChatKitAttachmentsModuleOptions): Provider[] {
  if (scanner === undefined) return [];
  const limits = { timeoutMs: config.scanTimeoutMs, atOnce: config.scansAtOnce };
  return [
    provide(FILE_SCANNER, scanner),
    {
      provide: FileScans,
      inject: [FILE_SCANNER],
      useFactory: (chosen: FileScanner) => new FileScans(chosen, limits, clock),
    },
  ];
}

function limitsOf({ config, publicUrl }: ChatKitAttachmentsModuleOptions): AttachmentsOptions {
  return {
    publicUrl,
    types: new Set(config.types),
    maxBytes: config.maxBytes,
    maxPerMessage: config.maxPerMessage,
    maxWaiting: config.maxWaiting,
    linkMs: config.linkMinutes * MINUTE,
    sessionLinks: config.sessionLinks,
    orphanMs: config.orphanHours * 60 * MINUTE,
    sweepMs: config.sweepMinutes * MINUTE,
  };
}

/** The client of buckets is large: it is loaded where there is a bucket. */
async function blobStoreOf({ bucket }: AttachmentsConfig, directory: string): Promise<BlobStore> {
  if (bucket === undefined) return new DiskBlobStore(join(directory, 'files'));
  const { S3BlobStore } = await import('./blobs/s3-blob-store.js');
  return new S3BlobStore(bucket);
}

async function secretsOf({
  config,
  secretDirectory,
}: ChatKitAttachmentsModuleOptions): Promise<[string, ...string[]]> {
  const { secret, previousSecret } = config;
  const current = secret ?? (await keptSecret(secretDirectory, 'attachments-secret.json', newSecret));
  return previousSecret === undefined ? [current] : [current, previousSecret];
}

function newSecret(): Promise<string> {
  return Promise.resolve(randomBytes(32).toString('base64url'));
}
