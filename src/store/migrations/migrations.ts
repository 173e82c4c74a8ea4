import { CreateTables1763900000000 } from './1763900000000-create-tables.js';
import { AttachmentsByThread1763900100000 } from './1763900100000-attachments-by-thread.js';
import { CreateDocuments1763900200000 } from './1763900200000-create-documents.js';
import { OrganisationsAndUsage1763900300000 } from './1763900300000-organisations-and-usage.js';

/** Every migration, oldest first. Listed by hand: what runs is what is compiled in. */
export const migrations = [
  CreateTables1763900000000,
  AttachmentsByThread1763900100000,
  CreateDocuments1763900200000,
  OrganisationsAndUsage1763900300000,
];

/** The table, in the same schema, that remembers which of them ran. */
export const MIGRATIONS_TABLE = 'migrations';
