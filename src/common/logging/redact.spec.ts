import { NotFoundError, UnsupportedError, InvalidRequestError } from '../../chatkit/core/index.js';
import { OperatorError } from '../../chatkit/core/errors.js';
import { EndpointError } from '../../chatkit/http/endpoint-error.js';
import { redact } from './redact.js';

const line = (value: unknown): string => JSON.stringify(redact(value));

describe('redact', () => {
  it('keeps facts', () => {
    const facts = { count: 3, code: 'not_found', when: new Date(0), nested: { ok: true }, absent: undefined };
    expect(redact(facts)).toEqual({
      count: 3,
      code: 'not_found',
      when: '1970-01-01T00:00:00.000Z',
      nested: { ok: true },
    });
  });

  it.each(['text', 'content', 'accessToken', 'authorization', 'cookie', 'password', 'parameters', 'query'])(
    'leaves out what is called %s',
    (key) => {
      expect(redact({ [key]: 'a secret' })).toEqual({ [key]: '[redacted]' });
      expect(redact({ [key]: 3 })).toEqual({ [key]: 3 });
    },
  );

  it.each(['Bearer abc.def', 'eyJhbGciOi.eyJzdWIi.c2ln', 'sk-abcdefghijk'])(
    'cuts %s out of a text',
    (secret) => {
      expect(redact({ note: `got ${secret}!` })).not.toHaveProperty('note', expect.stringContaining('abc'));
      expect(line({ note: `got ${secret}` })).not.toContain(secret);
    },
  );

  it('cuts long texts between characters', () => {
    expect(redact(`x${'😀'.repeat(200)}`)).toBe(`x${'😀'.repeat(149)}…`);
  });

  it('tells the name, code and place of an error, not its message, and the same of its cause', () => {
    const cause = Object.assign(new Error('value "my\nsecret\n    at home (x.ts:1:1)"'), { code: '22P02' });
    class QueryFailedError extends Error {
      override readonly name = 'QueryFailedError';
      readonly query = 'select my-secret';
      readonly parameters = ['my-secret'];
    }
    const text = line({ error: new QueryFailedError('select my-secret', { cause }) });
    expect(text).toContain('"name":"QueryFailedError"');
    expect(text).toContain('"code":"22P02"');
    expect(text).toContain('redact.spec.ts');
    expect(text).not.toMatch(/secret|at home/);
  });

  it.each([
    new OperatorError('set bodyParser to false'),
    new EndpointError('request_timeout', 'The body did not come in time'),
    new UnsupportedError('Server must override action() to react to actions'),
    new NotFoundError('Thread'),
  ])('keeps the message of %s, which is our own', (error) => {
    expect(redact({ error })).toMatchObject({ error: { reason: error.message } });
  });

  it.each([
    new UnsupportedError('Nobody handles my-secret', { quotes: true }),
    new InvalidRequestError('files of type "my-secret" are not accepted'),
    Object.assign(new Error('my-secret'), { name: 'OperatorError', loggable: true }),
    new Error('my-secret', { cause: new NotFoundError('Thread') }),
    new Error('outside', { cause: 'my-secret' }),
    new TypeError('my-secret is not a function'),
    'my-secret',
  ])('leaves out the message of an error that may quote something: %s', (error) => {
    expect(line({ error })).not.toContain('my-secret');
  });

  it('is bounded in length, width and depth, and takes what refers to itself', () => {
    const loop: Record<string, unknown> = {
      note: 'x'.repeat(10_000),
      many: Array.from({ length: 1000 }, () => 1),
    };
    loop['self'] = loop;
    expect(line(loop).length).toBeLessThan(5000);
  });
});
