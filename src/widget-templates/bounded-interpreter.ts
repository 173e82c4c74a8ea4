import { Environment, Interpreter, type Program, type Scope, type Value } from './jinja.js';

const MAX_STEPS = 100_000;
/** Of all texts that are made on the way, each counted as often as it is handed on. */
const MAX_CHARACTERS = 4_000_000;
const CONSTANTS = { true: true, false: false, none: null, True: true, False: false, None: null };

/** Runs a template, but not endlessly. Knows neither the time nor functions that make long lists. */
class BoundedInterpreter extends Interpreter {
  #steps = 0;
  #characters = 0;

  override evaluate(step: unknown, scope: Scope): Value {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new Error('it takes too many steps');
    const value = super.evaluate(step, scope);
    if (typeof value.value === 'string') this.#characters += value.value.length;
    if (this.#characters > MAX_CHARACTERS) throw new Error('it makes too much text');
    return value;
  }
}

/** The text that a template makes of plain data. @throws Error when it fails or never comes to an end */
export function renderTemplate(program: Program, data: Readonly<Record<string, unknown>>): string {
  const scope = new Environment();
  for (const [name, value] of Object.entries({ ...data, ...CONSTANTS })) scope.set(name, value);
  return String(new BoundedInterpreter(scope).run(program).value);
}
