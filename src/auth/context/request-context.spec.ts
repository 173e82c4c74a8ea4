import { inspect } from 'node:util';
import { RequestContext } from './request-context.js';

const TOKEN = 'header.secret-payload.signature';

function context(): RequestContext {
  return new RequestContext({
    tenantId: 'org_a',
    userId: 'user_1',
    roles: ['admin'],
    user: { name: 'Ada' },
    metadata: { page: { title: 'Loans' } },
    token: TOKEN,
  });
}

describe('RequestContext', () => {
  it('is frozen at every level', () => {
    const subject = context();
    expect(Object.isFrozen(subject)).toBe(true);
    expect(Object.isFrozen(subject.roles)).toBe(true);
    expect(Object.isFrozen(subject.user)).toBe(true);
    expect(Object.isFrozen(subject.metadata)).toBe(true);
    expect(Object.isFrozen(subject.metadata['page'])).toBe(true);
    expect(() => Object.assign(subject, { tenantId: 'org_b' })).toThrow(TypeError);
  });

  it('gives the token only to those who ask for it by name', () => {
    const subject = context();
    expect(subject.token).toBe(TOKEN);
    expect(JSON.stringify(subject)).not.toContain('secret-payload');
    expect(inspect(subject, { depth: null, showHidden: true, getters: true })).not.toContain(
      'secret-payload',
    );
    expect(inspect({ nested: { subject } }, { depth: null })).not.toContain('secret-payload');
    expect(Object.values(Object.assign({}, subject))).not.toContain(TOKEN);
    expect(Object.getOwnPropertyNames(subject)).not.toContain('token');
  });

  it('makes a copy with other metadata and leaves the caller`s object alone', () => {
    const metadata = { page: { title: 'Opening hours' } };
    const changed = context().with({ metadata });
    metadata.page.title = 'something else';
    expect(changed.metadata).toEqual({ page: { title: 'Opening hours' } });
    expect(Object.isFrozen(metadata)).toBe(false);
    expect(changed.token).toBe(TOKEN);
    expect(changed.tenantId).toBe('org_a');
  });

  it('makes a copy with another signal and keeps the metadata', () => {
    const controller = new AbortController();
    const changed = context().with({ signal: controller.signal });
    controller.abort();
    expect(changed.signal.aborted).toBe(true);
    expect(changed.metadata).toEqual({ page: { title: 'Loans' } });
  });

  it('takes metadata of any depth and with any key', () => {
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
    const hostile = JSON.parse('{"__proto__":{"admin":true}}') as Record<string, unknown>;
    const changed = context().with({ metadata: { deep, hostile } });
    expect(Object.isFrozen(changed.metadata['deep'])).toBe(true);
    expect((changed.metadata['hostile'] as { admin?: boolean }).admin).toBeUndefined();
  });

  it('fills in what a test or a job leaves out', () => {
    const subject = new RequestContext({ tenantId: 't', userId: 'u' });
    expect(subject).toMatchObject({ roles: [], locale: 'en', user: {}, metadata: {} });
    expect(subject.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(subject.signal.aborted).toBe(false);
    expect('tenantName' in subject).toBe(false);
  });
});
