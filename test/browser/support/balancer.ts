import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address for several servers, of which one is sent all new requests. */
export class Balancer {
  readonly #ports: number[] = [];
  #chosen = 0;
  readonly #server = createServer((asked, answer) => this.#pass(asked, answer));

  static async start(): Promise<Balancer> {
    const balancer = new Balancer();
    balancer.#server.listen(0, 'localhost');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Takes in another server of this machine. @returns the address of all */
  add(port: number): string {
    this.#ports.push(port);
    return this.url;
  }

  /** Sends new requests to that one; those under way stay where they are. */
  choose(index: number): void {
    this.#chosen = index;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, headers } = asked;
    const passed = request({ port: this.#ports[this.#chosen], host: 'localhost', method, path, headers });
    passed.on('response', (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.on('error', () => answer.destroy()).pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  }
}
