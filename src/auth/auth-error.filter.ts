import { Catch, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { Observers } from '../common/observer/observers.js';
import { AuthError } from './auth.errors.js';

/** Answers refusals with the body they have, whatever filters the application has. */
@Catch(AuthError)
export class AuthErrorFilter implements ExceptionFilter<AuthError> {
  private readonly logger = new ChatKitLogger('Auth');

  constructor(@Optional() private readonly observers?: Observers) {}

  catch(refusal: AuthError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { method, path } = http.getRequest<Request>();
    const { code, correlationId } = refusal;
    const status = refusal.getStatus();
    this.observers?.requestRefused({ status, code, correlationId });
    this.logger.debug('request refused', { method, path, status, code, correlationId });
    http.getResponse<Response>().status(status).set('Cache-Control', 'no-store').json(refusal.getResponse());
  }
}
