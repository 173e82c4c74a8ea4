import { createServer, type Server } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import { answerClientErrors } from '../chatkit/index.js';
import type { HttpConfig } from '../config/http.config.js';

/** Header lines of a request; more are not looked at. */
const MAX_HEADERS = 200;

/**
 * Connections that may wait to be accepted, as far as the system lets them. Where more come in one moment than the 511
 * that are Node's default, a server that is busy resets some of them.
 */
const BACKLOG = 4096;

/** Express on a server whose connections are bounded in number, in time and in size of what they send first. */
export class BoundedExpressAdapter extends ExpressAdapter {
  constructor(
    private readonly config: HttpConfig,
    /** Milliseconds a request with its body may take to come. */
    private readonly requestTimeoutMs: number,
  ) {
    super();
  }

  override initHttpServer(): void {
    const { headersTimeoutMs, keepAliveTimeoutMs, maxConnections, headerBytes } = this.config;
    const server = createServer(
      {
        headersTimeout: headersTimeoutMs,
        requestTimeout: Math.max(headersTimeoutMs, this.requestTimeoutMs),
        keepAliveTimeout: keepAliveTimeoutMs,
        maxHeaderSize: headerBytes,
        // Node looks for the slow ones from time to time
        connectionsCheckingInterval: Math.ceil(headersTimeoutMs / 2),
      },
      this.getInstance(),
    );
    // a silent connection may be waiting for its answer; one that has something to read is not being read
    server.setTimeout(this.config.stallTimeoutMs, (socket) => {
      const unread = socket.writableLength;
      // where this process was busy itself, what the client has read meanwhile is looked at first
      setImmediate(() => {
        if (unread > 0 && socket.writableLength === unread) socket.destroy();
      });
    });
    answerClientErrors(server);
    server.maxConnections = maxConnections;
    server.maxHeadersCount = MAX_HEADERS;
    this.httpServer = server;
  }

  override listen(port: string | number, callback?: () => void): Server;
  override listen(port: string | number, host: string, callback?: () => void): Server;
  override listen(port: string | number, ...rest: (string | (() => void) | undefined)[]): Server {
    const host = rest.find((given) => typeof given === 'string');
    const callback = rest.find((given) => typeof given === 'function');
    const server: Server = this.httpServer;
    return server.listen(
      { port: Number(port), backlog: BACKLOG, ...(host !== undefined && { host }) },
      callback,
    );
  }

  /** Running answers are drained before; what is still open then says nothing. */
  override close(): Promise<void> {
    this.httpServer.closeAllConnections();
    return new Promise((resolve) => {
      this.httpServer.close(() => resolve());
    });
  }
}
