import {
  ArrayMaxSize,
  IsBoolean,
  IsInt,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';
import type { ConfigProblem, SelfChecking } from './validate.js';

const SECRET_BYTES = 32;
const MIB = 1024 * 1024;
const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** A bucket of an S3-compatible service. */
export interface BucketOptions {
  readonly bucket: string;
  readonly region: string;
  /** Default: Amazon's own. */
  readonly endpoint?: string | undefined;
  /** Whether the bucket stands in the path of the address instead of its host name. */
  readonly pathStyle: boolean;
  /** Default: what the AWS SDK finds, the role of the machine for instance. */
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
  /** Milliseconds one request may take. */
  readonly timeoutMs: number;
}

/** What users may upload, and where files are kept. */
export class AttachmentsConfig extends RuntimeConfig implements SelfChecking {
  @Env('CHATKIT_ATTACHMENTS_SECRET', {
    description:
      'At least 32 bytes that sign upload and preview links; made and kept by itself in development. ' +
      'Without it there are no attachments in production.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly secret?: string;

  @Env('CHATKIT_ATTACHMENTS_SECRET_PREVIOUS', {
    description: 'The secret before it was changed: links that it has signed work until they end.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly previousSecret?: string;

  @Env('CHATKIT_ATTACHMENTS_DIR', {
    description: 'Folder uploads arrive in and, unless a bucket is named, are kept in.',
    defaultText: 'CHATKIT_DATA_DIR/attachments',
  })
  @IsOptional()
  @MaxLength(1024)
  readonly directory?: string;

  @Env('CHATKIT_ATTACHMENTS_DIR_SHARED', {
    description: 'Whether that folder is on a file system that all replicas have.',
  })
  @IsBoolean()
  readonly directoryShared: boolean = false;

  @Env('CHATKIT_ATTACHMENTS_URL', {
    description: 'Address browsers send files to and get images from, where another server passes them on.',
    defaultText: 'PUBLIC_URL',
  })
  @IsOptional()
  @IsUrl(HTTP_URL)
  @Matches(/^https?:\/\/[^/?#]+(?:\/[^/?#]+)*$/, {
    message: 'must be an address such as https://portal.example, which a path may follow',
  })
  readonly url?: string;

  @Env('CHATKIT_ATTACHMENTS_BUCKET', {
    description: 'Bucket of an S3-compatible service that files are kept in, instead of the folder.',
  })
  @IsOptional()
  @Matches(/^[\w.-]{1,255}$/, { message: 'must be the name of a bucket' })
  readonly bucketName?: string;

  @Env('AWS_REGION', { description: 'Region of the bucket.' })
  @Matches(/^[\w-]{1,64}$/, { message: 'must be the name of a region' })
  readonly region: string = 'us-east-1';

  @Env('AWS_ENDPOINT_URL_S3', { description: 'Address of the S3-compatible service.', defaultText: 'AWS' })
  @IsOptional()
  @IsUrl(HTTP_URL)
  readonly endpoint?: string;

  @Env('CHATKIT_ATTACHMENTS_PATH_STYLE', {
    description:
      'Whether the bucket stands in the path of the address, as most services of one’s own want it.',
  })
  @IsBoolean()
  readonly pathStyle: boolean = false;

  @Env('AWS_ACCESS_KEY_ID', {
    description:
      'Key for the bucket. Without it the AWS SDK looks for one, in the role of the machine for instance.',
  })
  @IsOptional()
  @MaxLength(256)
  readonly accessKeyId?: string;

  @Env('AWS_SECRET_ACCESS_KEY', { description: 'Secret of that key.', secret: true })
  @IsOptional()
  @MaxLength(4096)
  readonly secretAccessKey?: string;

  @Env('AWS_SESSION_TOKEN', { description: 'Token of that key, if it is a temporary one.', secret: true })
  @IsOptional()
  @MaxLength(8192)
  readonly sessionToken?: string;

  @Env('CHATKIT_ATTACHMENTS_STORAGE_TIMEOUT_MS', {
    description: 'Milliseconds one request to the bucket may take.',
  })
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly storageTimeoutMs: number = 30_000;

  @Env('CHATKIT_ATTACHMENTS_MAX_BYTES', { description: 'Largest file in bytes.' })
  @IsInt()
  @Min(1)
  @Max(512 * MIB)
  readonly maxBytes: number = 20 * MIB;

  @Env('CHATKIT_ATTACHMENTS_PER_MESSAGE', { description: 'Most files one message may carry, 1 to 50.' })
  @IsInt()
  @Min(1)
  @Max(50)
  readonly maxPerMessage: number = 10;

  @Env('CHATKIT_ATTACHMENTS_WAITING', {
    description: 'Most files a user may have uploaded, or announced, without having sent them.',
  })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly maxWaiting: number = 50;

  @Env('CHATKIT_ATTACHMENTS_TYPES', {
    description:
      'Media types users may upload, separated by commas. The content has to be of the type it claims.',
  })
  @ArrayMaxSize(100)
  @Matches(/^[a-z0-9]+\/[a-z0-9][a-z0-9.+-]*$/, {
    each: true,
    message: 'each value must be a media type such as image/png',
  })
  readonly types: string[] = [
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'application/pdf',
    'text/plain',
    'text/markdown',
    'text/csv',
    'application/json',
    `${OFFICE}.wordprocessingml.document`,
    `${OFFICE}.spreadsheetml.sheet`,
    `${OFFICE}.presentationml.presentation`,
  ];

  @Env('CHATKIT_ATTACHMENTS_UPLOAD_TIMEOUT_MS', {
    description: 'Milliseconds within which an upload must have come.',
  })
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  readonly uploadTimeoutMs: number = 120_000;

  @Env('CHATKIT_ATTACHMENTS_SCAN_TIMEOUT_MS', {
    description: 'Milliseconds within which the scanner must have answered about a file, where there is one.',
  })
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly scanTimeoutMs: number = 30_000;

  @Env('CHATKIT_ATTACHMENTS_SCANS', {
    description: 'Most files that are scanned at the same time, 1 to 100.',
  })
  @IsInt()
  @Min(1)
  @Max(100)
  readonly scansAtOnce: number = 4;

  @Env('CHATKIT_ATTACHMENTS_LINK_MINUTES', {
    description: 'Minutes for which a link to an image works at most; every look at a thread makes new ones.',
  })
  @IsInt()
  @Min(2)
  @Max(10_080)
  readonly linkMinutes: number = 60;

  @Env('CHATKIT_ATTACHMENTS_SESSION_LINKS', {
    description:
      'Whether a link to an image works only in the session it was made in, where there is a session cookie. ' +
      'Off for an element in a frame of another site, to which browsers give no cookie.',
  })
  @IsBoolean()
  readonly sessionLinks: boolean = true;

  @Env('CHATKIT_ATTACHMENTS_ORPHAN_HOURS', {
    description: 'Hours after which files are removed that were never sent, or whose thread was deleted.',
  })
  @IsInt()
  @Min(1)
  @Max(8760)
  readonly orphanHours: number = 24;

  @Env('CHATKIT_ATTACHMENTS_SWEEP_MINUTES', { description: 'Minutes between two looks for such files.' })
  @IsInt()
  @Min(1)
  @Max(1440)
  readonly sweepMinutes: number = 15;

  /** Whether there are attachments: links cannot be signed with a secret that other instances do not know. */
  get enabled(): boolean {
    return this.secret !== undefined || !this.production;
  }

  /** Where files are kept instead of the folder. */
  get bucket(): BucketOptions | undefined {
    const { bucketName, region, endpoint, pathStyle, storageTimeoutMs: timeoutMs } = this;
    const { accessKeyId, secretAccessKey, sessionToken } = this;
    if (bucketName === undefined) return undefined;
    const credentials =
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
    return { bucket: bucketName, region, endpoint, pathStyle, credentials, timeoutMs };
  }

  /** Rules that span several variables. */
  problems(): readonly ConfigProblem[] {
    const found: ConfigProblem[] = [];
    if (this.secret !== undefined && Buffer.byteLength(this.secret) < SECRET_BYTES) {
      const problem = `must have at least ${SECRET_BYTES} bytes`;
      found.push({ variable: 'CHATKIT_ATTACHMENTS_SECRET', problem });
    }
    if (this.previousSecret !== undefined && Buffer.byteLength(this.previousSecret) < SECRET_BYTES) {
      const problem = `must have at least ${SECRET_BYTES} bytes`;
      found.push({ variable: 'CHATKIT_ATTACHMENTS_SECRET_PREVIOUS', problem });
    }
    if (this.bucketName === undefined) {
      if (this.production && this.secret !== undefined && this.replicas > 1 && !this.directoryShared) {
        const problem =
          'must be set when CHATKIT_REPLICAS is more than 1, or CHATKIT_ATTACHMENTS_DIR_SHARED to true: ' +
          'a file in the folder of one instance is not there for the others';
        found.push({ variable: 'CHATKIT_ATTACHMENTS_BUCKET', problem });
      }
      return found;
    }
    if (this.accessKeyId !== undefined && this.secretAccessKey === undefined) {
      found.push({ variable: 'AWS_SECRET_ACCESS_KEY', problem: 'must be set when AWS_ACCESS_KEY_ID is' });
    }
    if (this.production && this.secret === undefined) {
      const problem = 'must be set in production when CHATKIT_ATTACHMENTS_BUCKET is';
      found.push({ variable: 'CHATKIT_ATTACHMENTS_SECRET', problem });
    }
    return found;
  }
}
