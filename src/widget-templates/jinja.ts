import * as untyped from '@huggingface/jinja';

/** A parsed template. */
export interface Program {
  readonly type: string;
  readonly body: readonly unknown[];
}

/** Names and their values while a template runs. */
export interface Scope {
  set(name: string, value: unknown): unknown;
}

/** What a step of a template gives. */
export interface Value {
  readonly value: unknown;
}

interface Runner {
  run(program: Program): Value;
  /** Takes one step; each step takes those inside it through this method. */
  evaluate(step: unknown, scope: Scope): Value;
}

interface Jinja {
  readonly tokenize: (source: string) => unknown;
  readonly parse: (tokens: unknown) => Program;
  readonly Environment: new () => Scope;
  readonly Interpreter: new (scope: Scope) => Runner;
}

/** The engine's parts; its own declarations leave out file extensions, so that Node's resolution finds none. */
export const { tokenize, parse, Environment, Interpreter } = untyped as unknown as Jinja;
