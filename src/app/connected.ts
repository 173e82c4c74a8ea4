import type { ChatKitDatabase } from '../store/index.js';

/**
 * Connects, and migrates what is not; for commands, which do not wait for a database that is not there.
 *
 * @throws Error when the database cannot be had at once
 */
export async function connected(database: ChatKitDatabase): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    database.onChange((state) => {
      if (state.status === 'up') resolve();
      if (state.status === 'down') reject(new Error(`The database is ${state.reason}`));
    });
    database.start();
  });
}
