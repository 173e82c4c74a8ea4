import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { ChatKitAuthGuard } from '../../auth/index.js';
import { ChatKitOperatorGuard } from '../../auth/roles/operator.guard.js';
import { NoStoreInterceptor } from '../../chatkit/admin/no-store.interceptor.js';
import { AuditInterceptor } from '../../chatkit/audit/audit.interceptor.js';
import { ChatKitExceptionFilter, RequestValidationPipe } from '../../chatkit/index.js';

/** As `AdminController`, for those who operate the service: below `operator/` and the path of the ChatKitModule. What they do is recorded in the audit log of their own organisation. */
export function OperatorController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`operator/${path}`),
    UseGuards(ChatKitAuthGuard, ChatKitOperatorGuard),
    UsePipes(RequestValidationPipe),
    UseFilters(ChatKitExceptionFilter),
    UseInterceptors(NoStoreInterceptor, AuditInterceptor),
  );
}
