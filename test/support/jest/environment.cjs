// One context for all the files of a worker, so that the modules they share are evaluated once.
const { TestEnvironment } = require('jest-environment-node');
const { OutputOfTests } = require('./output.cjs');

let shared;

module.exports = class WorkerEnvironment extends TestEnvironment {
  #output = new OutputOfTests();

  constructor(...options) {
    if (shared) return shared;
    super(...options);
    shared = this;
  }

  handleTestEvent({ name, test }) {
    if (name === 'run_start') this.#output.hold();
    else if (name === 'test_done') this.#output.settle(test.errors.length > 0);
    else if (name === 'run_finish') this.#output.release();
  }

  async teardown() {}
};
