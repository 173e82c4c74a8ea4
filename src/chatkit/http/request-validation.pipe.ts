import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { InvalidRequestError } from '../core/index.js';

/**
 * Checks the bodies and queries of REST routes against their classes; what a class does not declare is
 * refused. The error names the first value that is wrong.
 */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors: ValidationError[]) => invalid(errors),
    });
  }
}

/** How a field is called whose name is empty. */
const UNNAMED = '""';

function invalid(errors: readonly ValidationError[], path: readonly string[] = []): InvalidRequestError {
  const [first] = errors;
  if (first === undefined) return new InvalidRequestError('The request does not validate', 'body');
  const here = [...path, first.property];
  if (first.children !== undefined && first.children.length > 0) return invalid(first.children, here);
  const message = Object.values(first.constraints ?? {})[0] ?? 'is not valid';
  return new InvalidRequestError(message, here.join('.') || UNNAMED);
}
