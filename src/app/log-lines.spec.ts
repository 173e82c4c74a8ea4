import { setImmediate } from 'node:timers/promises';
import { LogLines } from './log-lines.js';

describe('LogLines', () => {
  it('writes the lines of one turn together, in their order', async () => {
    const written: string[] = [];
    const lines = new LogLines((text) => void written.push(text));
    lines.add('a');
    lines.add('b');
    expect(written).toEqual([]);
    await setImmediate();
    lines.add('c');
    await setImmediate();
    expect(written).toEqual(['a\nb\n', 'c\n']);
  });

  it('writes at once what is asked for, and what would be too much', () => {
    const written: string[] = [];
    const lines = new LogLines((text) => void written.push(text));
    lines.add('a');
    lines.flush();
    lines.flush();
    lines.add('b'.repeat(100_000));
    expect(written.map((text) => text.length)).toEqual([2, 100_001]);
  });
});
