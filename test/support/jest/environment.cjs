// One context for all the files of a worker, so that the modules they share are evaluated once.
const { TestEnvironment } = require('jest-environment-node');
const { OutputOfTests } = require('./output.cjs');
const { endPromptly } = require('./worker-end.cjs');

let shared;

if (process.send !== undefined) endPromptly();

module.exports = class WorkerEnvironment extends TestEnvironment {
  /** Where tests run in Jest's own process, what it says of them goes the same way, and must not be held back. */
  #output = process.send === undefined ? undefined : new OutputOfTests();

  constructor(...options) {
    if (shared) return shared.#afresh();
    super(...options);
    shared = this;
    return shared;
  }

  /**
   * What a file has set for itself by `jest.setTimeout()` is not for the next one, and the framework, which starts
   * afresh with each file, must not tell those of all files before.
   */
  #afresh() {
    for (const name of ['TEST_TIMEOUT_SYMBOL', 'EVENT_HANDLERS']) delete this.global[Symbol.for(name)];
    return this;
  }

  handleTestEvent({ name, test }) {
    if (name === 'run_start') this.#output?.hold();
    else if (name === 'test_done') this.#output?.settle(test.errors.length > 0);
    else if (name === 'run_finish') this.#output?.release();
  }

  async teardown() {}
};
