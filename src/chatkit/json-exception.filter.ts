import {
  Catch,
  Inject,
  Injectable,
  Optional,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { correlationId } from '../auth/http/correlation-id.js';
import { ClientGoneError } from './http/endpoint-error.js';
import { failureOf } from './http/failure.js';
import { sendFailure } from './http/send-failure.js';
import { isRecord } from '../common/is-record.js';
import { Observers } from '../common/observer/observers.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';

/**
 * Turns whatever a route throws into the one JSON body for errors, and logs it once: what the client did
 * at debug, what the server did at error. Serves the endpoint, and as a global filter all other routes.
 */
@Injectable()
@Catch()
export class ChatKitExceptionFilter implements ExceptionFilter {
  constructor(
    @Optional() @Inject(ChatKitLogger) private readonly logger = new ChatKitLogger(),
    @Optional() private readonly observers?: Observers,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const id = correlationId(request, response);
    const facts = { correlationId: id, method: request.method, path: pathOf(request.originalUrl) };
    if (exception instanceof ClientGoneError || (request.socket.destroyed && isOfConnection(exception))) {
      this.logger.debug('the client left before it was answered', facts);
      return;
    }
    const failure = failureOf(exception);
    const { status, code, field, level } = failure;
    const error = level === 'debug' ? undefined : exception;
    this.observers?.requestRefused({ status, code, correlationId: id });
    this.logger[level]('request refused', { ...facts, status, code, field, error });
    if (!response.headersSent) sendFailure(request, response, failure, id);
    // half an answer must not look like a whole one
    else if (!response.writableEnded) response.destroy();
  }
}

/**
 * Whether a client has caused it by leaving, or by what it sent behind the request that is being answered. Errors of the
 * connection are not always errors of this realm.
 */
function isOfConnection(exception: unknown): boolean {
  const code = isRecord(exception) ? exception['code'] : undefined;
  return typeof code === 'string' && /^(?:HPE_\w+|ECONNABORTED|ECONNRESET|EPIPE)$/.test(code);
}

/** Without the query, which can hold anything. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
