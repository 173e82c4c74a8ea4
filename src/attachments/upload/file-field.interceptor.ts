import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { StorageEngine } from 'multer';
import type { Observable } from 'rxjs';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { requestContext } from '../../auth/index.js';
import { OperatorError } from '../../chatkit/core/errors.js';
import { EndpointError } from '../../chatkit/http/endpoint-error.js';
import { formRefusal } from '../../chatkit/http/form.js';
import { IncomingFiles, type IncomingFile } from './incoming-files.js';

/** The name of the form field that carries the file. */
const FIELD = 'file';
const LIMITS = {
  files: 1,
  fields: 10,
  parts: 11,
  fieldSize: 1024,
  fieldNameSize: 100,
  headerPairs: 20,
  fieldNestingDepth: 1,
  fieldArrayIndexLimit: 1,
};

/** Reads a form whose field `file` is a file, within the limits of uploads. */
@Injectable()
export class FileFieldInterceptor implements NestInterceptor {
  readonly #form: NestInterceptor;

  constructor(private readonly incoming: IncomingFiles) {
    const Form = FileInterceptor(FIELD, {
      limits: LIMITS,
      defParamCharset: 'utf8',
      storage: storageIn(incoming),
    });
    this.#form = new Form();
  }

  /**
   * @throws EndpointError unsupported_media_type, length_required, and as IncomingFiles.receive
   * @throws InvalidRequestError for a form that cannot be read
   */
  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    this.#requireForm(execution.switchToHttp().getRequest<Request>());
    try {
      return await this.#form.intercept(execution, next);
    } catch (error) {
      throw formRefusal(error, FIELD);
    }
  }

  /** A form has to say how long it is: what is left of a refused one is read to its end. */
  #requireForm({ headers }: Request): void {
    if (!/^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '')) {
      const message = `The body must be multipart/form-data with a field ${FIELD}`;
      throw new EndpointError('unsupported_media_type', message, { accept: 'multipart/form-data' });
    }
    const length = headers['content-length'];
    if (length === undefined) throw new EndpointError('length_required', 'The form needs a Content-Length');
    this.incoming.requireFormSize(Number(length));
  }
}

/** Lets the file of a form arrive where all files arrive. */
function storageIn(incoming: IncomingFiles): StorageEngine {
  const arrive = callbackify(async (request: object, stream: Readable) => {
    const context = requestContext(request);
    if (context === undefined) throw new OperatorError('a form is read before its sender is known');
    return incoming.receive(stream, context);
  });
  const discard = callbackify((file: IncomingFile) => incoming.discard(file));
  return {
    _handleFile: (request, { stream }, done) => arrive(request, stream, done),
    _removeFile: (_request, file, done) => discard(file, done),
  };
}
