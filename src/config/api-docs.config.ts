import { IsBoolean, IsOptional } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** Whether the server describes its routes. */
export class ApiDocsConfig extends RuntimeConfig {
  @Env('CHATKIT_API_DOCS', {
    description:
      'Serves a description of all routes under `/api/docs`, and as OpenAPI under `/api/docs-json`.',
    defaultText: 'true, in production false',
  })
  @IsOptional()
  @IsBoolean()
  readonly apiDocs?: boolean;

  get enabled(): boolean {
    return this.apiDocs ?? !this.production;
  }
}
