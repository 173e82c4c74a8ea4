import { createHash, randomBytes } from 'node:crypto';
import type { Directory } from '../../../src/auth/dev-provider/index.js';

/** Where this process's tests differ from those of another. */
const RUN = randomBytes(4).toString('hex');

/**
 * A directory in which each example member and organisation is there as often as a test wants: `user_ada.1f` is
 * Ada of an organisation `org_aurora.1f`, with nobody but Ben. `user_ada-1f` is another Ada of the example organisation,
 * of which the portal has pages.
 */
export function withFreshMembers(examples: Directory): Directory {
  return {
    organisations: examples.organisations,
    find(memberId) {
      const [, example = '', kind, tag = ''] = /^(\w+)([.-]?)(\w*)$/.exec(memberId) ?? [];
      const found = examples.find(example);
      if (found === undefined || tag === '') return found;
      const { id } = found.organisation;
      const organisation = { ...found.organisation, id: kind === '.' ? `${id}.${tag}` : id };
      return { member: { ...found.member, id: memberId }, organisation };
    },
  };
}

/** The id of an example member who is there for the running test alone, as is their organisation. */
export function freshMember(example: string): string {
  return `${example}.${tagOfTest()}`;
}

/** The id of an example member who is there for the running test alone, in the example organisation. */
export function freshColleague(example: string): string {
  return `${example}-${tagOfTest()}`;
}

function tagOfTest(): string {
  const { testPath = '', currentTestName = '' } = expect.getState();
  return createHash('sha256').update(`${RUN} ${testPath} ${currentTestName}`).digest('hex').slice(0, 12);
}
