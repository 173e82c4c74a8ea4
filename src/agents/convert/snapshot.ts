/** A wire object as it is now: who made it may go on changing it. */
export function snapshot<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
