import { AttachmentEntity } from './attachment.entity.js';
import { DeletedThreadEntity } from './deleted-thread.entity.js';
import { DocumentChunkEntity } from './document-chunk.entity.js';
import { DocumentEntity } from './document.entity.js';
import { FeedbackEntity } from './feedback.entity.js';
import { ItemEntity } from './item.entity.js';
import { OrganisationEntity } from './organisation.entity.js';
import { ThreadEntity } from './thread.entity.js';
import { UsageEntity } from './usage.entity.js';

/** Every table of a schema. */
export const entities = [
  ThreadEntity,
  ItemEntity,
  AttachmentEntity,
  FeedbackEntity,
  DeletedThreadEntity,
  DocumentEntity,
  DocumentChunkEntity,
  OrganisationEntity,
  UsageEntity,
];
