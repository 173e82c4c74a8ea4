import { SIGNAL_BYTES } from '../../common/signals/signals.port.js';
import type { ThreadStreamEvent } from '../core/index.js';
import { EventOpener, EventSealer } from './sealed-events.js';

const KEY = '["org_a","u1","thr_1"]';
const long: ThreadStreamEvent = { type: 'progress_update', text: 'größer 🙂 '.repeat(4000) };
const short: ThreadStreamEvent = { type: 'progress_update', text: 'secret' };

describe('Events on their way to another replica', () => {
  it('arrive whole and in order, however they were cut', () => {
    const sealer = new EventSealer(KEY, 'topic');
    const opener = new EventOpener(KEY, 'topic');
    const pieces = [...sealer.seal([long, short]), ...sealer.seal([]), ...sealer.seal([short, undefined])];
    expect(pieces.length).toBeGreaterThan(10);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(SIGNAL_BYTES);
    expect(pieces.flatMap((piece) => opener.open(piece))).toEqual([long, short, short, undefined]);
  });

  it('are read by nobody who does not know the thread', () => {
    const [piece = ''] = new EventSealer(KEY, 'topic').seal([short]);
    expect(Buffer.from(piece, 'base64').toString('latin1')).not.toContain('secret');
    expect(() => new EventOpener('["org_a","u2","thr_1"]', 'topic').open(piece)).toThrow();
    expect(() => new EventOpener(KEY, 'other').open(piece)).toThrow();
  });

  it('are sealed otherwise each time, so that what is asked for twice tells nothing', () => {
    const [[first = ''], [second = '']] = [
      [...new EventSealer(KEY, 'topic').seal([short])],
      [...new EventSealer(KEY, 'topic').seal([short])],
    ];
    const [one, other] = [Buffer.from(first, 'base64'), Buffer.from(second, 'base64')];
    const same = one.filter((byte, at) => byte === other[at]).length;
    expect(same).toBeLessThan(one.length / 3);
    expect(() => [first, second].map((piece) => new EventOpener(KEY, 'topic').open(piece))).not.toThrow();
    const opener = new EventOpener(KEY, 'topic');
    opener.open(first);
    expect(() => opener.open(second)).toThrow();
  });

  it('are not taken when one of them is missing, comes again or was changed', () => {
    const [first = '', second = ''] = new EventSealer(KEY, 'topic').seal([long]);
    expect(() => new EventOpener(KEY, 'topic').open(second)).toThrow();
    const opener = new EventOpener(KEY, 'topic');
    opener.open(first);
    expect(() => opener.open(first)).toThrow();
    const changed = `${first.slice(0, 10)}${first[10] === 'A' ? 'B' : 'A'}${first.slice(11)}`;
    expect(() => new EventOpener(KEY, 'topic').open(changed)).toThrow();
    expect(() => new EventOpener(KEY, 'topic').open('')).toThrow();
  });
});
