import {
  All,
  Controller,
  Post,
  Req,
  Res,
  SetMetadata,
  UseFilters,
  UseGuards,
  type CanActivate,
  type Type,
} from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ChatKitAuthGuard } from '../auth/identity/chatkit-auth.guard.js';
import { Ctx } from '../auth/context/ctx.decorator.js';
import type { RequestContext } from '../auth/context/request-context.js';
import { ChatKitEndpoint } from './chatkit.endpoint.js';
import { ALLOWED_METHODS } from './http/cors.middleware.js';
import { EndpointError } from './http/endpoint-error.js';
import { ChatKitExceptionFilter } from './json-exception.filter.js';

/** The controller for a path; `guards` come after the one that gives every request its context. */
export function chatKitController(path: string, guards: readonly Type<CanActivate>[]): Type {
  @Controller(path)
  @UseFilters(ChatKitExceptionFilter)
  class ChatKitController {
    constructor(private readonly endpoint: ChatKitEndpoint) {}

    @Post()
    @UseGuards(ChatKitAuthGuard, ...guards)
    chat(
      @Req() request: IncomingMessage,
      @Res() response: ServerResponse,
      @Ctx() context: RequestContext,
    ): Promise<void> {
      return this.endpoint.answer(request, response, context);
    }

    // kept out of a host's OpenAPI document, where it would stand for every method
    @SetMetadata('swagger/apiExcludeEndpoint', { disable: true })
    @All()
    refuseMethod(): never {
      throw new EndpointError('method_not_allowed', 'Requests are sent by POST', { allow: ALLOWED_METHODS });
    }
  }
  return ChatKitController;
}
