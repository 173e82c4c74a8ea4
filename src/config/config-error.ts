/** One thing that is wrong with one environment variable. */
export interface ConfigProblem {
  readonly variable: string;
  /** What is wrong, as the rest of a sentence that begins with the variable's name. */
  readonly problem: string;
}

/** The environment cannot be used. The message names every offending variable; it never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    // classes share variables, and each reports what is wrong with them
    const lines = new Set(problems.map(({ variable, problem }) => `  ${variable} ${problem}`));
    super(`The configuration cannot be used:\n${[...lines].join('\n')}`);
  }
}
