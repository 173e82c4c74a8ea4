// One context for all the files of a worker, so that the modules they share are evaluated once.
const vm = require('node:vm');
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
    // a context that stands for an object asks it for each global that is read, a hundred times as slow as one that is its own
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    super(...options);
    vm.createContext = createContext;
    // as in any Node process: the framework has the stack of each error taken ten times as deep
    this.global.Error.stackTraceLimit = 10;
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
