import type { Claims, ClaimNames } from '../identity.js';

/** Password of every member; the provider is for trying things out and says it on its page. */
export const DEV_PASSWORD = 'chatkit';

/** A person the development provider knows. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

/** An organisation the development provider knows. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Member[];
}

/** Everybody who can sign in: two organisations, each with an administrator and a member. */
export const ORGANISATIONS: readonly Organisation[] = [
  {
    id: 'org_aurora',
    name: 'Aurora Library',
    members: [
      { id: 'user_ada', name: 'Ada Lindqvist', email: 'ada@aurora.example', roles: ['admin', 'member'] },
      { id: 'user_ben', name: 'Ben Okafor', email: 'ben@aurora.example', roles: ['member'] },
    ],
  },
  {
    id: 'org_borealis',
    name: 'Borealis Clinic',
    members: [
      { id: 'user_clara', name: 'Clara Novak', email: 'clara@borealis.example', roles: ['admin', 'member'] },
      { id: 'user_dan', name: 'Dan Sato', email: 'dan@borealis.example', roles: ['member'] },
    ],
  },
];

/** The claims of a member under the configured names, or undefined for an unknown id. */
export function claimsOf(memberId: string, names: ClaimNames): Claims | undefined {
  for (const organisation of ORGANISATIONS) {
    const member = organisation.members.find(({ id }) => id === memberId);
    if (member === undefined) continue;
    return {
      [names.tenant]: organisation.id,
      [names.tenantName]: organisation.name,
      [names.roles]: member.roles,
      name: member.name,
      email: member.email,
    };
  }
  return undefined;
}
