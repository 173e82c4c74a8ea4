import { BadRequestException, HttpException, NotFoundException, UnauthorizedException } from '@nestjs/common';
import { InvalidRequestError, UnavailableError } from '../core/index.js';
import { failureOf } from './failure.js';

describe('failureOf', () => {
  it('names the field of an invalid request', () => {
    expect(failureOf(new InvalidRequestError('bad', 'params.limit'))).toMatchObject({
      status: 400,
      code: 'invalid_request',
      message: 'bad',
      field: 'params.limit',
      level: 'debug',
    });
  });

  it('says when to ask again, in whole seconds', () => {
    const failure = failureOf(new UnavailableError('gone', 0.2));
    expect(failure).toMatchObject({ status: 503, code: 'chat_unavailable', headers: { 'retry-after': '1' } });
  });

  it('keeps the body of an exception that already has one', () => {
    const error = { code: 'forbidden', message: 'Not you', field: 'x', correlation_id: 'c' };
    expect(failureOf(new HttpException({ error }, 403))).toMatchObject({
      status: 403,
      code: 'forbidden',
      message: 'Not you',
      field: 'x',
    });
  });

  it.each([
    [new NotFoundException('Cannot GET /<script>'), 404, 'not_found', 'Not Found'],
    [new UnauthorizedException(), 401, 'unauthorized', 'Unauthorized'],
    [new BadRequestException({ secret: 1 }), 400, 'invalid_request', 'Bad Request'],
    [new HttpException('teapot', 418), 418, 'i_m_a_teapot', "I'm a Teapot"],
    [
      Object.assign(new Error('secret'), { status: 413, expose: true }),
      413,
      'payload_too_large',
      'Payload Too Large',
    ],
  ])('tells only the status of %s', (thrown, status, code, message) => {
    expect(failureOf(thrown)).toMatchObject({ status, code, message, level: 'debug' });
  });

  it.each([
    new Error('secret'),
    'secret',
    undefined,
    new HttpException('secret', 500),
    { status: 400, expose: true },
  ])('says nothing about %s', (thrown) => {
    expect(failureOf(thrown)).toEqual({
      status: 500,
      code: 'internal_error',
      message: 'Something went wrong on the server',
      level: 'error',
    });
  });
});
