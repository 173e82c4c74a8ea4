import { setTimeout as sleep } from 'node:timers/promises';
import { MEMBER } from '../rows/seed.js';
import { Connection } from './connection.js';
import { percentile } from './percentile.js';
import { Requests } from './requests.js';

/** Milliseconds from one answer to the next request. */
const PAUSE_MS = 10;

/** A quiet tenant: asks for its page of threads so many times, and prints how many milliseconds it has waited. */
const [port = 0, count = 0] = process.argv.slice(2).map(Number);

const connection = await Connection.open(port);
const list = new Requests(MEMBER).threads();
const latencies: number[] = [];
for (let index = -count / 6; index < count; index += 1) {
  const sent = performance.now();
  const { status, text } = await connection.send(list);
  if (status !== 200) throw new Error(`Answered ${status}: ${text.slice(0, 500)}`);
  if (index >= 0) latencies.push(performance.now() - sent);
  await sleep(PAUSE_MS);
}
connection.close();
process.stdout.write(`${percentile(latencies, 0.5)} ${percentile(latencies, 0.95)}\n`);
