import { type INestApplicationContext } from '@nestjs/common';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { DocumentsService } from '../documents/index.js';
import { ChatKitDatabase } from '../store/index.js';

interface ExampleDocument {
  readonly filename: string;
  /** Path of the portal's page about the same, if there is one. */
  readonly path?: string;
  readonly markdown: string;
}

/** What the organisations of the development provider have written. */
const EXAMPLES: Readonly<Record<string, readonly ExampleDocument[]>> = {
  org_aurora: [
    {
      filename: 'opening-hours.md',
      markdown: `# Opening hours of Aurora Library

## Weekdays and weekends

The opening hours of the library are 9 am to 8 pm from Monday to Friday and 10 am to 5 pm on Saturdays. On
Sundays the library is closed; the book drop beside the entrance is open day and night.

## Holidays

On public holidays the library is closed. Between 24 December and 1 January only the reading room opens, from
10 am to 2 pm.`,
    },
    {
      filename: 'borrowing.md',
      path: '/articles/borrowing',
      markdown: `# Borrowing at Aurora Library

## Loan periods

Books and audiobooks are lent for four weeks, films and magazines for one week, instruments and tools for two.

## Membership card

A lost membership card is replaced at the front desk for three euros. Bring something with your name and photo.`,
    },
    {
      filename: 'printing.md',
      markdown: `# Printing, copying and scanning

A page costs ten cents in black and white and forty cents in colour. Scanning to a memory stick is free. The
printers stand on the first floor, beside the newspapers.`,
    },
  ],
  org_borealis: [
    {
      filename: 'opening-hours.md',
      markdown: `# Opening hours of Borealis Clinic

## Appointments

The opening hours of the clinic are 8 am to 6 pm from Monday to Thursday and 8 am to 2 pm on Fridays.

## Emergencies

The emergency ward is open day and night. Its entrance is in the east wing, off the car park.`,
    },
    {
      filename: 'first-visit.md',
      path: '/articles/first-visit',
      markdown: `# Your first visit to Borealis Clinic

Bring your insurance card, a list of the medicines you take, and earlier findings. Come fifteen minutes early:
the front desk takes down your details.`,
    },
    {
      filename: 'visiting-patients.md',
      markdown: `# Visiting patients

Visiting times are 2 pm to 7 pm every day, two visitors at a time. Children may visit when an adult is with them.
Flowers are welcome on all wards but intensive care.`,
    },
  ],
};

/**
 * Gives the example organisations something to be asked about, once the database is up. What is there stays as
 * it is. Never fails: an example that is missing keeps nobody from working.
 *
 * @param portal address of the portal
 */
export async function addExampleDocuments(app: INestApplicationContext, portal: string): Promise<void> {
  const documents = app.get(DocumentsService, { strict: false });
  const database = app.get(ChatKitDatabase, { strict: false });
  try {
    await database.whenUp();
    for (const [tenantId, examples] of Object.entries(EXAMPLES)) {
      const scope = { tenantId, userId: 'examples' };
      for (const { filename, path, markdown } of examples) {
        const source = `example:${filename}`;
        if (await documents.has(source, scope)) continue;
        const url = path === undefined ? undefined : new URL(path, portal).href;
        await documents.ingest({ bytes: Buffer.from(markdown), filename, source, url }, scope);
      }
    }
  } catch (error) {
    new ChatKitLogger('Start').debug('The example documents were not added', { error });
  }
}
