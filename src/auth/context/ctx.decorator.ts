import { createParamDecorator, InternalServerErrorException } from '@nestjs/common';
import { requestContext } from './request-store.js';
import type { ExecutionContext } from '@nestjs/common';
import type { RequestContext } from './request-context.js';

/** Injects the {@link RequestContext} into a handler that `ChatKitAuthGuard` protects. */
export const Ctx: () => ParameterDecorator = createParamDecorator(
  (_data: undefined, execution: ExecutionContext): RequestContext => {
    const context = requestContext(execution.switchToHttp().getRequest<object>());
    if (context === undefined) {
      throw new InternalServerErrorException('@Ctx() needs ChatKitAuthGuard on the same handler');
    }
    return context;
  },
);
