import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { FileScanner, ScannedFile, ScanVerdict } from '../../../src/entries/attachments.js';

/** Asks ClamAV's clamd, over TCP. */
export class ClamAvScanner implements FileScanner {
  constructor(
    private readonly host: string,
    private readonly port = 3310,
  ) {}

  async scan({ path }: ScannedFile, signal: AbortSignal): Promise<ScanVerdict> {
    const socket = connect({ host: this.host, port: this.port, signal });
    const sent = pipeline(instream(path), socket, { end: false });
    const [answer] = await Promise.all([text(socket), sent]);
    const [, name, result] = /^stream: (?:(\S+) )?(OK|FOUND)\0$/.exec(answer) ?? [];
    if (result === 'OK') return { clean: true };
    if (result === 'FOUND') return { clean: false, reason: name ?? 'unknown' };
    throw new Error('clamd gave no verdict');
  }
}

/** The command, the file in pieces with their lengths, and a piece of no length. */
async function* instream(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    yield lengthOf(piece);
    yield piece;
  }
  yield lengthOf(Buffer.alloc(0));
}

function lengthOf(piece: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return length;
}
