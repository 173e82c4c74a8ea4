/** Turns texts into vectors of which those of similar meaning are close. */
export interface EmbeddingsProvider {
  /** Name of the model; vectors of another are not compared with its own. */
  readonly model: string;
  /** Length of each vector. */
  readonly dimensions: number;
  /**
   * @param signal fires when nobody waits for the result any more
   * @returns a vector for each text, in their order
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly (readonly number[])[]>;
}
