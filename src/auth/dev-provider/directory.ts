import type { Claims, ClaimNames } from '../tokens/claims.js';

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

/** Who can sign in at the development provider. */
export interface Directory {
  /** Those that its page offers. */
  readonly organisations: readonly Organisation[];
  /** The member of that id and the organisation they belong to, or undefined where there is none. */
  find(memberId: string): { readonly member: Member; readonly organisation: Organisation } | undefined;
}

/** Two organisations, each with an administrator and a member. */
const EXAMPLES: readonly Organisation[] = [
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

/** The example organisations and their members. */
export const EXAMPLE_DIRECTORY: Directory = {
  organisations: EXAMPLES,
  find(memberId) {
    for (const organisation of EXAMPLES) {
      const member = organisation.members.find(({ id }) => id === memberId);
      if (member !== undefined) return { member, organisation };
    }
    return undefined;
  },
};

/** The claims of a member under the configured names, or undefined for an unknown id. */
export function claimsOf(directory: Directory, memberId: string, names: ClaimNames): Claims | undefined {
  const found = directory.find(memberId);
  if (found === undefined) return undefined;
  const { member, organisation } = found;
  return {
    [names.tenant]: organisation.id,
    [names.tenantName]: organisation.name,
    [names.roles]: member.roles,
    name: member.name,
    email: member.email,
  };
}
