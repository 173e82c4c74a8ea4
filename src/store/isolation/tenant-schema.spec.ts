import { tenantSchema } from './tenant-schema.js';

describe('tenantSchema', () => {
  it('is the same for the same tenant and shows who it is', () => {
    expect(tenantSchema('chatkit', 'Acme Inc.')).toMatch(/^chatkit_acme_inc_[0-9a-f]{32}$/);
    expect(tenantSchema('chatkit', 'acme')).toBe(tenantSchema('chatkit', 'acme'));
  });

  it('differs for tenants that look alike once made safe', () => {
    const spaced = [
      'acme',
      'ACME',
      'acme ',
      ' acme',
      'ac me',
      'ac_me',
      'ac-me',
      'ac.me',
      'acme!',
      'acme?',
      'acme%',
    ];
    const quoted = [
      "o'hara",
      'o"hara',
      'o`hara',
      String.raw`o\hara`,
      '',
      '__',
      '$$',
      '$1',
      '..',
      '%2e%2e',
      '{"a":1}',
    ];
    const words = ['public', 'pg_catalog', 'chatkit', 'null', 'toString', '__proto__', 'constructor', '0'];
    const letters = ['é', 'e\u0301', 'ß', 'ss', 'İ', 'i', 'ı', 'ﬁ', 'fi', '組織', '💥', '👩', '👩🏽'];
    const code = [
      '"; DROP SCHEMA chatkit CASCADE; --',
      "'; DROP TABLE chatkit.threads; --",
      '../../etc/passwd',
    ];
    const long = ['a'.repeat(254), `${'a'.repeat(254)}b`, '組'.repeat(255)];
    const names = [...spaced, ...quoted, ...words, ...letters, ...code, ...long];
    expect(new Set(names.map((name) => tenantSchema('chatkit', name))).size).toBe(names.length);
  });

  it('is a name that needs no quotes and leaves room for that of the role', () => {
    for (const tenant of ['x'.repeat(300), `"; DROP TABLE threads; --`, 'ÄÖÜ', '1', '💥', '___']) {
      expect(tenantSchema('a'.repeat(20), tenant)).toMatch(/^[a-z][a-z0-9_]{0,58}$/);
    }
  });
});
