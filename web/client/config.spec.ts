import { chatKitConfig } from './config.js';

describe('The configuration of a page', () => {
  it('takes addresses and paths, and leaves out what the build does not give', () => {
    expect(
      chatKitConfig({ url: 'https://chat.test/chatkit', healthUrl: '/health/ready', loginUrl: '' }),
    ).toEqual({
      url: 'https://chat.test/chatkit',
      healthUrl: '/health/ready',
      scriptUrl: undefined,
      loginUrl: undefined,
    });
  });

  it.each([
    [{}, 'url is missing'],
    [{ url: undefined }, 'url is missing'],
    [{ url: 'javascript:alert(1)' }, 'url must be a path'],
    [{ url: '//elsewhere.test' }, 'url must be a path'],
    [{ url: '/chatkit', scriptUrl: 7 }, 'scriptUrl must be a path'],
  ])('says what is wrong with %j', (values, problem) => {
    expect(() => chatKitConfig(values)).toThrow(problem);
  });
});
