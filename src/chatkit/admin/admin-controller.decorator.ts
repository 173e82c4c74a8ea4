import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { ChatKitAuthGuard } from '../../auth/identity/chatkit-auth.guard.js';
import { AuditInterceptor } from '../audit/audit.interceptor.js';
import { RequestValidationPipe } from '../http/request-validation.pipe.js';
import { ChatKitExceptionFilter } from '../json-exception.filter.js';
import { AuditedAdminGuard } from './audited-admin.guard.js';
import { NoStoreInterceptor } from './no-store.interceptor.js';

/**
 * Makes a class the controller of routes for administrators, below `admin/` and the path of the ChatKitModule that has its
 * module among its `features`: who is no administrator of the own tenant is refused, fields are checked by their classes,
 * errors look as everywhere, nothing is cached, and what `@Audited()` names is recorded in the audit log.
 *
 * @param path of the routes, such as `usage`
 */
export function AdminController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`admin/${path}`),
    UseGuards(ChatKitAuthGuard, AuditedAdminGuard),
    UsePipes(RequestValidationPipe),
    UseFilters(ChatKitExceptionFilter),
    UseInterceptors(NoStoreInterceptor, AuditInterceptor),
  );
}
