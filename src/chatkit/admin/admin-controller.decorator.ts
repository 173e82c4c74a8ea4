import { applyDecorators, Controller, UseFilters, UseInterceptors, UsePipes } from '@nestjs/common';
import { ChatKitAdminOnly } from '../../auth/roles/admin.guard.js';
import { RequestValidationPipe } from '../http/request-validation.pipe.js';
import { ChatKitExceptionFilter } from '../json-exception.filter.js';
import { NoStoreInterceptor } from './no-store.interceptor.js';

/**
 * Makes a class the controller of routes for administrators, below `admin/` and the path of the ChatKitModule that has its
 * module among its `features`: who is no administrator of the own tenant is refused, fields are checked by their classes,
 * errors look as everywhere, and nothing is cached.
 *
 * @param path of the routes, such as `usage`
 */
export function AdminController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`admin/${path}`),
    ChatKitAdminOnly(),
    UsePipes(RequestValidationPipe),
    UseFilters(ChatKitExceptionFilter),
    UseInterceptors(NoStoreInterceptor),
  );
}
