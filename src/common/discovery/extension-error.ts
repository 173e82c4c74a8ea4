/** Tools, actions or guardrails that cannot be served; thrown at start, naming class and method of each. */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
