import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { apiDocument, type ApiFacts } from './api-document.js';

/** Where the page is; as OpenAPI at the same path with `-json`. */
const PATH = '/api/docs';

/** What the page needs beyond what every answer allows: its own files, images within them, and to ask this server. */
const PAGE_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/**
 * Serves the description of all routes.
 *
 * @param pageDirectory has the files of the page
 */
export function serveApiDocs(app: NestExpressApplication, facts: ApiFacts, pageDirectory: string): void {
  app.use(PATH, (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('content-security-policy', PAGE_POLICY);
    next();
  });
  app.useStaticAssets(pageDirectory, { prefix: PATH });
  // its own page finds its files in node_modules alone
  SwaggerModule.setup(PATH, app, () => apiDocument(app, facts), { ui: false, raw: ['json'] });
}
