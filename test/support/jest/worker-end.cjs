// Jest gives a worker half a second to end, and then says that tests have left something open. Taking all modules of
// the run apart takes longer than that on a busy machine, so what is open is looked at here, and nothing taken apart.
const { writeSync } = require('node:fs');
const { setImmediate: turn } = require('node:timers/promises');

/** What Jest tells a worker that has no more to do. */
const END = 2;
/** Its output, and the channel to Jest. */
const OWN = 'PipeWrap';
/** How long a connection that was ended may take to close: less than Jest waits. */
const PATIENCE_MS = 300;

/** What `atEndOfWorker()` keeps. */
const ENDINGS = Symbol.for('endings of the worker');

/** @param globals gives the global object of the tests */
exports.endPromptly = (globals) => {
  process.on('message', ([type]) => {
    if (type === END) void end(globals());
  });
};

async function end(global) {
  await Promise.all((global?.[ENDINGS] ?? []).map((ending) => ending()));
  const limit = performance.now() + PATIENCE_MS;
  while (leftOpen().length > 0 && performance.now() < limit) await turn();
  const left = leftOpen();
  if (left.length > 0) writeSync(2, `Tests have left open: ${left.join(', ')}\n`);
  process.exit(0);
}

function leftOpen() {
  return process.getActiveResourcesInfo().filter((name) => name !== OWN && name !== 'Immediate');
}
