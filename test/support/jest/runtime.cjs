// One runtime for all the files of a worker: a module is read, linked and evaluated once, as in any Node process.
const { default: Runtime } = require('jest-runtime');

let shared;

class WorkerRuntime extends Runtime {
  constructor(...options) {
    if (shared) {
      // the test framework itself starts afresh with each file
      shared.registries.internalModuleRegistry.clear();
      return shared;
    }
    super(...options);
    shared = this;
  }

  teardown() {}
}

module.exports = { __esModule: true, default: WorkerRuntime };
