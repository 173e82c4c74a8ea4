// What a server under test logs is of interest where a test fails, and noise everywhere else.
const STREAMS = ['stdout', 'stderr'];

/** Holds back what is printed while tests run; prints what came during a test that failed. */
exports.OutputOfTests = class OutputOfTests {
  #held = [];
  #writes = {};

  hold() {
    for (const name of STREAMS) {
      this.#writes[name] = process[name].write;
      process[name].write = (chunk, encoding, done) => {
        this.#held.push([name, chunk]);
        (typeof encoding === 'function' ? encoding : done)?.();
        return true;
      };
    }
  }

  settle(failed) {
    const held = this.#held.splice(0);
    if (!failed) return;
    for (const [name, chunk] of held) this.#writes[name].call(process[name], chunk);
  }

  release() {
    this.#held.length = 0;
    for (const name of STREAMS) process[name].write = this.#writes[name];
  }
};
