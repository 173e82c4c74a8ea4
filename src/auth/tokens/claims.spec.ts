import { identityOf } from './claims.js';

const names = {
  tenant: 'org_id',
  tenantName: 'org_name',
  roles: 'roles',
  profile: 'https://acme.test/profile',
};
const claims = { org_id: 'acme', sub: 'ada' };

describe('further facts in a token', () => {
  it('are the plain values of the claim that is named', () => {
    const given = {
      department: 'Sales',
      level: 3,
      vip: true,
      nested: {},
      list: [1],
      none: null,
      control: 'a\0b',
    };
    const { user } = identityOf({ ...claims, [names.profile]: given }, names);
    expect(user.attributes).toEqual({ department: 'Sales', level: 3, vip: true });
  });

  it('are bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`k${index}`, index]));
    const given = { ...many, long: 'x'.repeat(9999) };
    const { user } = identityOf({ ...claims, [names.profile]: given }, names);
    expect(Object.keys(user.attributes ?? {})).toHaveLength(30);
  });

  it.each([undefined, null, 'text', 7, ['a'], {}])('are none when the claim is %j', (given) => {
    expect(identityOf({ ...claims, [names.profile]: given }, names).user).toEqual({});
  });

  it('are not read unless a claim is named', () => {
    const { profile, ...others } = names;
    expect(identityOf({ ...claims, [profile]: { department: 'Sales' } }, others).user).toEqual({});
  });
});
