import {
  All,
  Controller,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
  type CanActivate,
  type Type,
} from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Ctx } from '../auth/ctx.decorator.js';
import type { RequestContext } from '../auth/request-context.js';
import { ChatKitEndpoint } from './chatkit.endpoint.js';
import { ALLOWED_METHODS } from './http/cors.middleware.js';
import { EndpointError } from './http/endpoint-error.js';
import { ChatKitExceptionFilter } from './json-exception.filter.js';

/** The controller for a path, behind a guard that gives every request its context. */
export function chatKitController(path: string, guard: Type<CanActivate>): Type {
  @Controller(path)
  @UseFilters(ChatKitExceptionFilter)
  class ChatKitController {
    constructor(private readonly endpoint: ChatKitEndpoint) {}

    @Post()
    @UseGuards(guard)
    chat(
      @Req() request: IncomingMessage,
      @Res() response: ServerResponse,
      @Ctx() context: RequestContext,
    ): Promise<void> {
      return this.endpoint.answer(request, response, context);
    }

    @All()
    refuseMethod(): never {
      throw new EndpointError('method_not_allowed', 'Requests are sent by POST', { allow: ALLOWED_METHODS });
    }

    @All('*path')
    refusePath(): never {
      throw new EndpointError('not_found', 'There is nothing here');
    }
  }
  return ChatKitController;
}
