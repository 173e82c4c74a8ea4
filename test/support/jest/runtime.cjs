// One runtime for all the files of a worker: a module is read, linked and evaluated once, as in any Node process.
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');

/** Where modules for a page are, as the runtime names them. */
const PAGES = pathToFileURL(path.resolve('web')).href;

/** What runs the tests of a file, and remembers them; what it only makes use of is loaded once. */
const CIRCUS = path.dirname(require.resolve('jest-circus/package.json'));

let shared;

class WorkerRuntime extends Runtime {
  constructor(...options) {
    if (shared) {
      // what runs the tests starts afresh with each file, and what is made for a page, which is never used twice
      const { internalModuleRegistry, esModuleRegistry } = shared.registries;
      for (const name of internalModuleRegistry.keys())
        if (name.startsWith(CIRCUS)) internalModuleRegistry.delete(name);
      for (const key of esModuleRegistry.keys()) if (key.startsWith(PAGES)) esModuleRegistry.delete(key);
      return shared;
    }
    super(...options);
    shared = this;
    return shared;
  }

  teardown() {}
}

module.exports = { __esModule: true, default: WorkerRuntime };
