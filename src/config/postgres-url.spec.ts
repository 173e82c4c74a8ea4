import { hostUrls, isPostgresUrl } from './postgres-url.js';

describe('the URL of a database', () => {
  it('stays as it is when it names one host', () => {
    for (const url of [
      'postgres://u:p@h:5432/d?sslmode=require',
      'postgresql://h/d',
      'postgres:///d?host=/run',
    ]) {
      expect(hostUrls(url)).toEqual([url]);
      expect(isPostgresUrl(url)).toBe(true);
    }
  });

  it('is one for each of its hosts, with login, database and options', () => {
    expect(hostUrls('postgres://u:p%2C@a:1,b,[::1]:3/d?sslmode=verify-full')).toEqual([
      'postgres://u:p%2C@a:1/d?sslmode=verify-full',
      'postgres://u:p%2C@b/d?sslmode=verify-full',
      'postgres://u:p%2C@[::1]:3/d?sslmode=verify-full',
    ]);
  });

  it('may ask for a server that takes writes, and for no other', () => {
    const asking = 'postgres://a:1,b:2/d?target_session_attrs=';
    expect(hostUrls(`${asking}read-write`)).toEqual(['postgres://a:1/d', 'postgres://b:2/d']);
    for (const wanted of ['read-write', 'primary']) expect(isPostgresUrl(`${asking}${wanted}`)).toBe(true);
    for (const wanted of ['any', 'standby', 'read-only', ''])
      expect(isPostgresUrl(`${asking}${wanted}`)).toBe(false);
  });

  it('is refused where a host is missing, or there are too many', () => {
    for (const hosts of [
      'a:1,',
      ',',
      'a,b:port',
      Array.from({ length: 17 }, (_, at) => `h${at}`).join(','),
    ]) {
      expect(isPostgresUrl(`postgres://${hosts}/d`)).toBe(false);
    }
  });
});
