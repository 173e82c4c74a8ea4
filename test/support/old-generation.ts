import { getHeapSpaceStatistics } from 'node:v8';

const MEGABYTE = 2 ** 20;

/** Megabytes that the old generation has grown by while the work was done: what survived collections of the young one. */
export function megabytesKept(work: () => void): number {
  const before = oldBytes();
  work();
  return (oldBytes() - before) / MEGABYTE;
}

function oldBytes(): number {
  const old = getHeapSpaceStatistics().filter(({ space_name }) => /^(?:old|large_object)/.test(space_name));
  return old.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
