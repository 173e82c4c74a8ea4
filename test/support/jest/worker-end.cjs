// Jest gives a worker some time to end, and then says that tests have left something open. Taking all modules of the
// run apart takes seconds, so what is open is looked at here, and nothing taken apart.
const { writeSync } = require('node:fs');

/** What Jest tells a worker that has no more to do. */
const END = 2;
/** Its output, and the channel to Jest. */
const OWN = 'PipeWrap';

exports.endPromptly = () => {
  process.on('message', ([type]) => {
    if (type !== END) return;
    const left = process.getActiveResourcesInfo().filter((name) => name !== OWN);
    if (left.length > 0) writeSync(2, `Tests have left open: ${left.join(', ')}\n`);
    process.exit(0);
  });
};
