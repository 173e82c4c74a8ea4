import { IsOptional, IsUrl, Matches } from 'class-validator';
import { PageLimit } from '../chatkit/admin/page.dto.js';
import { IsId, IsText } from '../chatkit/index.js';
import { MAX_SOURCE, MAX_SOURCE_BYTES, MAX_TITLE } from './document-bounds.js';

/** The fields that come with an uploaded document. */
export class UploadFields {
  /** What it replaces when it comes again. Default: its address, else its filename. */
  @IsOptional()
  @IsText({ max: MAX_SOURCE, maxBytes: MAX_SOURCE_BYTES })
  readonly source?: string;

  @IsOptional()
  @IsText({ max: MAX_TITLE })
  readonly title?: string;

  /** Where readers find it. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @IsText({ max: MAX_SOURCE_BYTES, maxBytes: MAX_SOURCE_BYTES })
  readonly url?: string;

  /** A text search configuration of PostgreSQL. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{0,62}$/, { message: 'must be the name of a text search configuration' })
  readonly language?: string;
}

/** The document that a path names. */
export class DocumentParams {
  @IsId()
  readonly id: string = '';
}

/** Which page of the documents is asked for. */
export class PageFields extends PageLimit {
  /** Id of the last document of the page before. */
  @IsOptional()
  @Matches(/^doc_[0-9a-f]{32}$/, { message: 'must be the id of a document' })
  readonly after?: string;

  /** Part of their title or source, in any case. */
  @IsOptional()
  @IsText({ max: 200 })
  readonly search?: string;
}
