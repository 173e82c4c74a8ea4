import { tenantSchema } from './tenant-schema.js';

describe('tenantSchema', () => {
  it('is the same for the same tenant and shows who it is', () => {
    expect(tenantSchema('chatkit', 'Acme Inc.')).toMatch(/^chatkit_acme_inc_[0-9a-f]{32}$/);
    expect(tenantSchema('chatkit', 'acme')).toBe(tenantSchema('chatkit', 'acme'));
  });

  it('differs for tenants that look alike once made safe', () => {
    const names = ['acme', 'ACME', 'acme ', 'acme!', 'acme?', '', '__', '💥'];
    expect(new Set(names.map((name) => tenantSchema('chatkit', name))).size).toBe(names.length);
  });

  it('is a name that needs no quotes and leaves room for that of the role', () => {
    for (const tenant of ['x'.repeat(300), `"; DROP TABLE threads; --`, 'ÄÖÜ', '1', '💥', '___']) {
      expect(tenantSchema('a'.repeat(20), tenant)).toMatch(/^[a-z][a-z0-9_]{0,58}$/);
    }
  });
});
