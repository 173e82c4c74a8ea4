import { AuthError } from '../auth.errors.js';
import type { AuthOptions } from '../auth.options.js';
import type { RequestContext } from '../context/request-context.js';
import { requestContext } from '../context/request-store.js';
import { correlationId } from '../http/correlation-id.js';
import { originAllowed } from '../http/origin.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Lets in those who may do more than members, by their session from pages of this server alone. */
export abstract class PrivilegedGuard implements CanActivate {
  readonly #own: ReadonlySet<string>;

  /** @param people whom it is for, in the message of a refusal */
  protected constructor(
    private readonly people: string,
    options?: Pick<AuthOptions, 'publicUrl'>,
  ) {
    this.#own = new Set(options === undefined ? [] : [new URL(options.publicUrl).origin]);
  }

  /** Whether the sender is one of them. */
  protected abstract admits(context: RequestContext): boolean;

  /** @throws {AuthError} 403 when the caller is none of them, or a page of another origin uses the session's cookie */
  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    const context = requestContext(request);
    const id = correlationId(request, http.getResponse<Response>());
    if (context === undefined || !this.admits(context)) {
      throw new AuthError('forbidden', `This is for ${this.people.toLowerCase()}`, id);
    }
    if (context.sessionId === undefined || originAllowed(request, this.#own)) return true;
    throw new AuthError('forbidden', `${this.people} use their session on pages of this server alone`, id);
  }
}
