import { brandOf } from './articles/brands.js';
import { fetchMember, initials, readMember, signInUrl } from './member.js';
import { adminSection, articleSlug } from './router.js';

describe('The member', () => {
  it('is read from the session', () => {
    const session = {
      user: { id: 'u', name: 'Ada L' },
      tenant: { id: 'org_aurora', name: 'Aurora Library' },
    };
    expect(readMember(session)).toMatchObject({ userId: 'u', tenantName: 'Aurora Library', name: 'Ada L' });
    expect(readMember(session)?.admin).toBe(false);
    expect(readMember({ ...session, admin: true })?.admin).toBe(true);
    expect(readMember({ user: {} })).toBeUndefined();
  });

  it.each([
    [() => Response.json({ signed_in: false }), 'signed-out'],
    [() => new Response('', { status: 401 }), 'signed-out'],
    [() => new Response('', { status: 500 }), 'failed'],
    [() => Response.json({ signed_in: true }), 'failed'],
    [() => Promise.reject(new Error('offline')), 'failed'],
    [() => Response.json({ signed_in: true, user: { id: 'u' }, tenant: { id: 't' } }), 'signed-in'],
  ])('is asked for (%#)', async (answer, status) => {
    expect(await fetchMember(async () => answer())).toMatchObject({ status });
  });

  it('comes back to the page where signing in began', () => {
    expect(signInUrl({ pathname: '/articles/a', search: '?x=1' })).toBe(
      '/auth/login?return_to=%2Farticles%2Fa%3Fx%3D1',
    );
  });

  it('has initials', () => {
    expect(['Ada Lindqvist', 'ben@x', ''].map(initials)).toEqual(['AL', 'BX', '']);
  });
});

describe('Pages', () => {
  it('are three for every organisation, known or not', () => {
    for (const id of ['org_aurora', 'org_borealis', 'org_unknown', '__proto__']) {
      expect(brandOf(id).articles).toHaveLength(3);
    }
  });

  it('are found by their path', () => {
    expect([articleSlug('/articles/borrowing'), articleSlug('/articles/'), articleSlug('/')]).toEqual([
      'borrowing',
      undefined,
      undefined,
    ]);
  });

  it('of administrators are known by their path', () => {
    const paths = ['/admin', '/admin/', '/admin/documents', '/admin/nothing', '/administer'];
    expect(paths.map(adminSection)).toEqual(['usage', 'usage', 'documents', undefined, undefined]);
  });
});
