import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FactoryProvider, Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PublicRoutes } from '../auth/http/public-routes.js';
import { CHATKIT_SETTINGS, completeSettings } from '../chatkit/chatkit.settings.js';
import type { Store, TenantScope } from '../chatkit/core/index.js';
import { provide, type ProviderSource } from '../chatkit/provider-source.js';
import { systemClock, type Clock } from '../common/clock.js';
import { keptSecret } from '../common/kept-secret.js';
import { AttachmentLinks } from './attachment-links.js';
import { AttachmentsHealth } from './attachments-health.js';
import {
  ATTACHMENT_RECORDS,
  ATTACHMENT_THREADS,
  ATTACHMENTS_CLOCK,
  ATTACHMENTS_MODULE_OPTIONS,
  ATTACHMENTS_OPTIONS,
  ATTACHMENTS_PATH,
  BLOB_STORE,
  limitsOf,
  type AttachmentsOptions,
  type ChatKitAttachmentsOptions,
} from './attachments.options.js';
import { BlobAttachmentStore } from './blob-attachment-store.js';
import type { BlobStore } from './blobs/blob-store.js';
import { blobStoreOf } from './blobs/blob-store-of.js';
import { WatchedBlobStore } from './blobs/watched-blob-store.js';
import type { AttachmentRecords } from './records.port.js';
import { FILE_SCANNER, type FileScanner } from './scan/file-scanner.port.js';
import { FileScans } from './scan/file-scans.js';
import { SignedLinks } from './signed-links.js';
import { SweepSchedule } from './sweep/sweep-schedule.js';
import { Sweeper } from './sweep/sweeper.js';
import { IncomingFiles } from './upload/incoming-files.js';
import { BlobTenantFiles } from './tenant-files.js';
import { Uploads } from './upload/uploads.js';

/** A provider that is made from the options of the module. */
function fromOptions<T>(
  token: FactoryProvider<T>['provide'],
  make: (options: ChatKitAttachmentsOptions, clock: Clock) => T | Promise<T>,
): FactoryProvider<T> {
  return { provide: token, inject: [ATTACHMENTS_MODULE_OPTIONS, ATTACHMENTS_CLOCK], useFactory: make };
}

const attachmentStore: FactoryProvider<BlobAttachmentStore> = {
  provide: BlobAttachmentStore,
  inject: [
    BLOB_STORE,
    ATTACHMENT_RECORDS,
    SignedLinks,
    HttpAdapterHost,
    ATTACHMENTS_OPTIONS,
    ATTACHMENTS_CLOCK,
    ATTACHMENTS_PATH,
  ],
  useFactory: (
    blobs: BlobStore,
    records: AttachmentRecords,
    signed: SignedLinks,
    host: HttpAdapterHost,
    options: AttachmentsOptions,
    clock: Clock,
    path: string,
  ) => {
    const routes = new PublicRoutes(host, options);
    const links = new AttachmentLinks(signed, routes, { ...options, path }, clock);
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

/** Everything of the module that needs no choice when it is declared. */
export const attachmentProviders: readonly Provider[] = [
  {
    provide: ATTACHMENTS_CLOCK,
    inject: [ATTACHMENTS_MODULE_OPTIONS],
    useFactory: ({ clock }: ChatKitAttachmentsOptions) => clock ?? systemClock,
  },
  fromOptions(ATTACHMENTS_OPTIONS, limitsOf),
  // the middleware for other sites is the endpoint's
  fromOptions(CHATKIT_SETTINGS, ({ corsOrigins = [], stallTimeoutMs }) =>
    completeSettings({ corsOrigins, ...(stallTimeoutMs !== undefined && { stallTimeoutMs }) }),
  ),
  fromOptions(WatchedBlobStore, async ({ config, directory }, clock) => {
    const kind = config.bucket === undefined ? 'folder' : 'bucket';
    return new WatchedBlobStore(await blobStoreOf(config, directory), kind, clock);
  }),
  { provide: BLOB_STORE, useExisting: WatchedBlobStore },
  {
    provide: BlobTenantFiles,
    inject: [BLOB_STORE],
    useFactory: (blobs: BlobStore) => new BlobTenantFiles(blobs),
  },
  fromOptions(SignedLinks, async (options, clock) => {
    return new SignedLinks(await secretsOf(options), clock);
  }),
  fromOptions(IncomingFiles, ({ config, directory }) => {
    const { maxBytes, uploadTimeoutMs: timeoutMs } = config;
    return new IncomingFiles({ directory: join(directory, 'incoming'), maxBytes, timeoutMs });
  }),
  attachmentStore,
  uploads,
  {
    provide: AttachmentsHealth,
    inject: [WatchedBlobStore, { token: FileScans, optional: true }],
    useFactory: (blobs: WatchedBlobStore, scans: FileScans | undefined) =>
      new AttachmentsHealth(blobs, scans),
  },
  sweeper,
  SweepSchedule,
];

/** What a scanner adds. */
export function scanningProviders(scanner: ProviderSource<FileScanner>): Provider[] {
  return [
    provide(FILE_SCANNER, scanner),
    {
      provide: FileScans,
      inject: [FILE_SCANNER, ATTACHMENTS_MODULE_OPTIONS, ATTACHMENTS_CLOCK],
      useFactory: (chosen: FileScanner, { config }: ChatKitAttachmentsOptions, clock: Clock) =>
        new FileScans(chosen, { timeoutMs: config.scanTimeoutMs, atOnce: config.scansAtOnce }, clock),
    },
  ];
}

async function secretsOf(options: ChatKitAttachmentsOptions): Promise<[string, ...string[]]> {
  const { secret, previousSecret } = options.config;
  const current = secret ?? (await keptSecret(options.secretDirectory, 'attachments-secret.json', newSecret));
  return previousSecret === undefined ? [current] : [current, previousSecret];
}

function newSecret(): Promise<string> {
  return Promise.resolve(randomBytes(32).toString('base64url'));
}
