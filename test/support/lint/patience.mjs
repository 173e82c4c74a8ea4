// The time that all tests have (`testTimeout` in jest.config.js) is for a machine that has other things to do.
const ALL_TESTS_MS = 90_000;

/** Objects to a test that gives itself less time than all have. */
export const patience = {
  create: (context) => ({
    CallExpression({ callee, arguments: [, , time] }) {
      if (callee.name !== 'it' || typeof time?.value !== 'number' || time.value >= ALL_TESTS_MS) return;
      context.report({ node: time, message: 'Is too short on a busy machine: leave it out' });
    },
  }),
};
