import type { IncomingMessage } from 'node:http';
import { originAllowed } from './origin.js';

const OWN = new Set(['https://chat.example']);
const from = (method: string, headers: IncomingMessage['headers']): boolean =>
  originAllowed({ method, headers } as IncomingMessage, OWN);

describe('A request that comes with a cookie', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE'])(
    'to %s something comes from an allowed origin',
    (method) => {
      expect(from(method, { origin: 'https://chat.example' })).toBe(true);
      expect(from(method, { 'sec-fetch-site': 'same-origin' })).toBe(true);
      for (const origin of [
        'https://evil.example',
        'null',
        'http://chat.example',
        'https://chat.example.evil',
      ]) {
        expect(from(method, { origin, 'sec-fetch-site': 'same-origin' })).toBe(false);
      }
      for (const site of ['cross-site', 'same-site'])
        expect(from(method, { 'sec-fetch-site': site })).toBe(false);
    },
  );

  it('reads where the browser goes there itself, whatever page it comes from, and changes nothing', () => {
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(from('GET', navigation)).toBe(true);
    expect(from('POST', navigation)).toBe(false);
  });

  it('reads where the browser tells nothing, and changes nothing', () => {
    expect(from('GET', {})).toBe(true);
    expect(from('POST', {})).toBe(false);
  });
});
