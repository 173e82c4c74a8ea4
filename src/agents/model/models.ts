import type { Model } from '@openai/agents';

/** The models that may answer, by name; each is made when it is first asked for. */
export class Models {
  readonly #made = new Map<string, Model>();

  /** @param make called once for each name */
  constructor(private readonly make: (name: string) => Model) {}

  get(name: string): Model {
    const known = this.#made.get(name) ?? this.make(name);
    this.#made.set(name, known);
    return known;
  }
}
