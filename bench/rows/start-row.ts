import type { Row } from './row.js';

export const START_ROW: Row = {
  name: 'start',
  about: 'from the start of the process to the first answer, with a database that is up to date',
  repeated: true,
  chatkit: false,
  async measure({ databaseUrl, contestant }, stage) {
    const another = await stage.startOn(databaseUrl, contestant);
    await another.stop();
    return [{ name: 'start', unit: 'ms', value: another.startedIn, better: 'less' }];
  },
};
