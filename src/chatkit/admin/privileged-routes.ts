import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type CanActivate,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { ChatKitAuthGuard } from '../../auth/identity/chatkit-auth.guard.js';
import { AuditInterceptor } from '../audit/audit.interceptor.js';
import { HeldRequestInterceptor } from '../http/held-request.interceptor.js';
import { RequestValidationPipe } from '../http/request-validation.pipe.js';
import { ChatKitExceptionFilter } from '../json-exception.filter.js';
import { NoStoreInterceptor } from './no-store.interceptor.js';

/**
 * Makes a class the controller of routes for those whom the guard lets in: fields are checked by their classes, errors look as
 * everywhere, nothing is cached, and what `@Audited()` names is recorded in the audit log.
 *
 * @param path of the routes, below that of the ChatKitModule
 * @param guard works after `ChatKitAuthGuard`
 * @param audit records the requests
 */
export function privilegedRoutes(
  path: string,
  guard: Type<CanActivate>,
  audit: Type<NestInterceptor> = AuditInterceptor,
): ClassDecorator {
  return applyDecorators(
    Controller(path),
    UseGuards(ChatKitAuthGuard, guard),
    UsePipes(RequestValidationPipe),
    UseFilters(ChatKitExceptionFilter),
    UseInterceptors(HeldRequestInterceptor, NoStoreInterceptor, audit),
  );
}
