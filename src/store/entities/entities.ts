import { AttachmentEntity } from './attachment.entity.js';
import { DeletedThreadEntity } from './deleted-thread.entity.js';
import { FeedbackEntity } from './feedback.entity.js';
import { ItemEntity } from './item.entity.js';
import { ThreadEntity } from './thread.entity.js';

/** Every table of a schema. */
export const entities = [ThreadEntity, ItemEntity, AttachmentEntity, FeedbackEntity, DeletedThreadEntity];
