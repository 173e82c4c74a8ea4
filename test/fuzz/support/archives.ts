import * as fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { BOUNDED, type HostileDocument } from '../../documents/support/hostile.js';
import { pdfOf } from '../../documents/support/pdf.js';

/** Bytes of a bomb; what it inflates to is a thousand times as much. */
const SMALL = 90_000;
const SPACES = Buffer.alloc(20_000_000, ' ');

/** A zip of one entry, as a word processor's document begins, which says of itself what is given. */
function zip(content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content);
  const name = Buffer.from('word/document.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, name, packed]);
}

const bombs: readonly HostileDocument[] = [
  ...Object.values(BOUNDED).map(([document]) => document),
  { filename: 'a.pdf', bytes: Buffer.from(pdfOf(['one', 'two', 'three'], 'Title')) },
  { filename: 'a.pdf', bytes: Buffer.from(deflateSync(SPACES)) },
  { filename: 'a.docx', bytes: Buffer.from(zip(SPACES, SPACES.length)) },
  { filename: 'a.md', bytes: Buffer.from(zip(SPACES, 1)) },
  { filename: 'a.txt', bytes: Buffer.from(gzipSync(gzipSync(SPACES))) },
].filter(({ bytes }) => bytes.length <= SMALL);

type Damage = readonly [at: number, kind: 'set' | 'cut' | 'double' | 'name', byte: number];

const PDF_WORDS = [
  '/Length 4294967295',
  '/Count -1',
  '/N 99999999',
  '/First 0',
  '/Root 4 0 R',
  '/Encrypt 1 0 R',
];

/** The bytes with one of them set, a piece cut out or doubled, or a word of a PDF put among them. */
function damaged(bytes: Buffer, [at, kind, byte]: Damage): Buffer {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (kind === 'set') return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
  if (kind === 'cut') return Buffer.concat([before, after.subarray(byte)]);
  if (kind === 'double') return Buffer.concat([before, after.subarray(0, byte), after]);
  return Buffer.concat([before, Buffer.from(PDF_WORDS[byte % PDF_WORDS.length] ?? ''), after]);
}

const damages = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  fc.constantFrom('set', 'cut', 'double', 'name'),
  fc.integer({ min: 0, max: 255 }),
);

/** Bombs and whole documents, as they are and damaged in a few places, under any of the names that are read. */
export const archives: fc.Arbitrary<HostileDocument> = fc
  .tuple(
    fc.constantFrom(...bombs),
    fc.array(damages, { maxLength: 6 }),
    fc.constantFrom(undefined, undefined, 'a.pdf', 'a.html', 'a.md', 'a.txt', 'a.docx', 'a.zip'),
  )
  .map(([{ filename, bytes }, all, name = filename]) => ({
    filename: name,
    bytes: Buffer.from(all.reduce<Buffer>((now, damage) => damaged(now, damage), Buffer.from(bytes))),
  }));
