import { IsInt, Max, Min } from 'class-validator';
import { ServerConfig } from './server.config.js';
import { Env } from './validate.js';

const DAY_MS = 86_400_000;

/** How many connections there may be, and how long each may take to say what it wants. */
export abstract class ConnectionsConfig extends ServerConfig {
  @Env('CHATKIT_MAX_CONNECTIONS', {
    description: 'Connections the server keeps open at the same time; it closes every further one at once.',
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxConnections: number = 20_000;

  @Env('CHATKIT_HEADERS_TIMEOUT_MS', {
    description: 'Milliseconds within which the headers of a request must have come.',
  })
  @IsInt()
  @Min(10)
  @Max(DAY_MS)
  readonly headersTimeoutMs: number = 20_000;

  @Env('CHATKIT_REQUEST_TIMEOUT_MS', {
    description:
      'Milliseconds within which any request must have come, its body included; an upload has ' +
      '`CHATKIT_ATTACHMENTS_UPLOAD_TIMEOUT_MS` if that is longer.',
  })
  @IsInt()
  @Min(10)
  @Max(DAY_MS)
  readonly requestTimeoutMs: number = 60_000;

  @Env('CHATKIT_KEEP_ALIVE_MS', {
    description:
      'Milliseconds a connection stays open for another request. Longer than the proxy’s in front.',
  })
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  readonly keepAliveTimeoutMs: number = 65_000;

  @Env('CHATKIT_HEADER_BYTES', { description: 'Bytes that the headers of a request may have together.' })
  @IsInt()
  @Min(1024)
  @Max(1024 * 1024)
  readonly headerBytes: number = 16 * 1024;
}
