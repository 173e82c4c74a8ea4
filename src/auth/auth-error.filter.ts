import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuthError } from './auth.errors.js';

/** Answers refusals with the body they have, whatever filters the application has. */
@Catch(AuthError)
export class AuthErrorFilter implements ExceptionFilter<AuthError> {
  private readonly logger = new Logger('Auth');

  catch(refusal: AuthError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { method, path } = http.getRequest<Request>();
    const status = refusal.getStatus();
    this.logger.debug(`${method} ${path} refused: ${status} ${refusal.code} [${refusal.correlationId}]`);
    http.getResponse<Response>().status(status).set('Cache-Control', 'no-store').json(refusal.getResponse());
  }
}
