import { UnavailableError } from '../../chatkit/core/errors.js';
import { asUnavailable, isConnectionLoss, sqlState } from './connection-errors.js';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe('connection errors', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '08006', '57P01', '57P03', '25006', '26000', '42P05'])(
    'takes %s for the loss of the connection',
    (code) => {
      expect(isConnectionLoss(withCode(code))).toBe(true);
      expect(asUnavailable(withCode(code))).toBeInstanceOf(UnavailableError);
    },
  );

  it.each(['53300', '57014', '55P03', '40P01'])('takes %s for a server that is too busy', (code) => {
    expect(isConnectionLoss(withCode(code))).toBe(false);
    expect(asUnavailable(withCode(code))).toBeInstanceOf(UnavailableError);
  });

  it('takes a pool without a free connection for busy', () => {
    const error = new Error('timeout exceeded when trying to connect');
    expect(isConnectionLoss(error)).toBe(false);
    expect(asUnavailable(error)).toBeInstanceOf(UnavailableError);
  });

  it('knows the driver’s words for the end of a connection', () => {
    expect(isConnectionLoss(new Error('Connection terminated unexpectedly'))).toBe(true);
  });

  it('leaves every other error as it is', () => {
    for (const error of [withCode('23505'), withCode('42P01'), new TypeError('x'), undefined, 'text']) {
      expect(asUnavailable(error)).toBe(error);
      expect(isConnectionLoss(error)).toBe(false);
    }
  });

  it('shows nothing of the cause to the caller', () => {
    expect((asUnavailable(withCode('ECONNREFUSED')) as Error).message).not.toContain('ECONN');
  });

  it('tells SQLSTATEs from other codes', () => {
    expect(sqlState(withCode('42501'))).toBe('42501');
    expect(sqlState(withCode('EPIPE'))).toBeUndefined();
    expect(sqlState(new Error('x'))).toBeUndefined();
  });
});
