import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What every scanner calls a virus, in pieces: whole, it would have this file removed. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-', 'TEST-FILE!$H+H*'].join(
  '',
);

const COMMAND = 'zINSTREAM\0';

/** As much of ClamAV's clamd as INSTREAM needs; it knows one virus. */
export class Clamd implements AsyncDisposable {
  /** What it was given last. */
  received = '';
  /** Answers in place of the verdict. */
  answer: string | undefined;
  /** How many wait for an answer, while it gives none. */
  readonly waiting = new Set<Socket>();
  silent = false;

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      this.#serve(socket);
    });
  }

  static async start(): Promise<Clamd> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Clamd(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  #serve(socket: Socket): void {
    let bytes = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece]);
      if (!COMMAND.startsWith(bytes.toString('latin1', 0, COMMAND.length))) {
        socket.end('UNKNOWN COMMAND\0');
        return;
      }
      const content = contentOf(bytes);
      if (content === undefined) return;
      this.received = content;
      if (this.silent) this.waiting.add(socket.on('close', () => this.waiting.delete(socket)));
      else socket.end(this.answer ?? verdictOn(content));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}

function verdictOn(content: string): string {
  return content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0';
}

/** The file that was sent, once its end has come. */
function contentOf(bytes: Buffer): string | undefined {
  if (bytes.length < COMMAND.length) return undefined;
  const pieces: Buffer[] = [];
  let at = COMMAND.length;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces).toString();
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
