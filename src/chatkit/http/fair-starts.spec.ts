import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FairStarts } from './fair-starts.js';

const TURNS = 20;

/** Time that passes when a test says so. */
class TestClock {
  #now = 0;
  readonly #sleeping: (() => void)[] = [];

  readonly now = (): number => this.#now;

  readonly sleep = (): Promise<void> => new Promise((resolve) => this.#sleeping.push(resolve));

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const wake of this.#sleeping.splice(0)) wake();
  }
}

/** Sends requests of tenants, and notes in which order they begin. */
class Requests {
  readonly begun: string[] = [];
  readonly clock = new TestClock();
  readonly #starts = new FairStarts(this.clock);

  /** @returns what answers it, and what has its client leave */
  send(tenantId: string) {
    const request = new IncomingMessage(new Socket());
    const response = new ServerResponse(request);
    const turn = this.#starts.turn({ tenantId, userId: 'u' }, request, response) ?? Promise.resolve();
    const outcome = turn.then(
      () => void this.begun.push(tenantId),
      (error: unknown) => error,
    );
    return {
      outcome,
      answer: (): void => void response.emit('close'),
      leave: (): void => void request.socket.destroy(),
    };
  }

  async settled(): Promise<string> {
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
    return this.begun.join('');
  }
}

describe('Requests that come at the same time', () => {
  it('begin a few in each turn of the event loop, the tenants one after the other', async () => {
    const requests = new Requests();
    for (const tenant of 'aaaaabcabb') requests.send(tenant);
    expect(await requests.settled()).toBe('aaaabcb');
  });

  it('begin all, where one tenant alone asks', async () => {
    const requests = new Requests();
    for (const tenant of 'aaaaaaaaaa') requests.send(tenant);
    expect(await requests.settled()).toBe('aaaaaaaaaa');
  });

  it('begin where another of their tenant is answered, two at a time while another tenant asks', async () => {
    const requests = new Requests();
    requests.send('b');
    const sent = Array.from('aaaa', (tenant) => requests.send(tenant));
    expect(await requests.settled()).toBe('baa');
    requests.send('b');
    expect(await requests.settled()).toBe('baab');
    sent[0]?.answer();
    expect(await requests.settled()).toBe('baaba');
  });

  it('do not begin once their client has left, and leave their place to the next', async () => {
    const requests = new Requests();
    requests.send('b');
    const sent = Array.from('aaaa', (tenant) => requests.send(tenant));
    sent[2]?.leave();
    expect(await sent[2]?.outcome).toMatchObject({ name: 'ClientGoneError' });
    sent[0]?.answer();
    await sent[3]?.outcome;
    expect(await requests.settled()).toBe('baaa');
  });

  it('wait for slow ones of their tenant a short while', async () => {
    const requests = new Requests();
    requests.send('b');
    for (const tenant of 'aaa') requests.send(tenant);
    expect(await requests.settled()).toBe('baa');
    requests.clock.pass(5);
    expect(await requests.settled()).toBe('baaa');
  });

  it('wait for none of their tenant once it alone asks', async () => {
    const requests = new Requests();
    requests.send('b');
    requests.clock.pass(1000);
    for (const tenant of 'aaaaaa') requests.send(tenant);
    expect(await requests.settled()).toBe('baaaaaa');
  });
});
