import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Observable } from 'rxjs';
import { formMemory, formRefusal } from '../chatkit/index.js';
import { DocumentsConfig } from '../config/documents.config.js';

/** The name of the form field that carries the file. */
const FIELD = 'file';
/** Fields of a form besides its file, and the most that one of them may hold. */
const FIELDS = {
  fields: 10,
  fieldNameSize: 100,
  fieldSize: 8000,
  parts: 12,
  files: 1,
  fieldNestingDepth: 1,
  fieldArrayIndexLimit: 1,
};

/** Reads a form whose field `file` is a document. */
@Injectable()
export class DocumentFormInterceptor implements NestInterceptor {
  readonly #form: NestInterceptor;

  constructor({ maxBytes }: DocumentsConfig) {
    const limits = { ...FIELDS, fileSize: maxBytes };
    const Form = FileInterceptor(FIELD, { limits, storage: formMemory(maxBytes) });
    this.#form = new Form();
  }

  /** @throws InvalidRequestError or EndpointError, naming the field, for a form that cannot be read */
  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    try {
      return await this.#form.intercept(execution, next);
    } catch (error) {
      throw formRefusal(error, FIELD);
    }
  }
}
