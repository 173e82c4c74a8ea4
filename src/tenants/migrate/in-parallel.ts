/**
 * Works on several items at once, and tells of each as it is done. What is under way is finished when the signal fires;
 * nothing more is begun.
 */
export async function* inParallel<Item, Outcome>(
  items: AsyncIterable<Item> | Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Outcome>,
  signal?: AbortSignal,
): AsyncGenerator<Outcome, void, undefined> {
  const running = new Map<number, Promise<readonly [at: number, outcome: Outcome]>>();
  let at = 0;
  const first = async function* (): AsyncGenerator<Outcome, void, undefined> {
    const [done, outcome] = await Promise.race(running.values());
    running.delete(done);
    yield outcome;
  };
  for await (const item of items) {
    if (signal?.aborted === true) break;
    const own = at;
    at += 1;
    running.set(
      own,
      work(item).then((outcome) => [own, outcome] as const),
    );
    if (running.size >= atOnce) yield* first();
  }
  while (running.size > 0) yield* first();
}
