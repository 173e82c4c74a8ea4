import { createHash, randomBytes } from 'node:crypto';
import type { Directory } from '../../../src/auth/dev-provider/index.js';

/** Where this process's tests differ from those of another. */
const RUN = randomBytes(4).toString('hex');

/**
 * A directory in which each example member and organisation is there as often as a test wants: `user_ada.1f` is
 * Ada of an organisation `org_aurora.1f`, with nobody but Ben.
 */
export function withFreshMembers(examples: Directory): Directory {
  return {
    organisations: examples.organisations,
    find(memberId) {
      const [example = '', tag] = memberId.split('.');
      const found = examples.find(example);
      if (found === undefined || tag === undefined) return found;
      const organisation = { ...found.organisation, id: `${found.organisation.id}.${tag}` };
      return { member: { ...found.member, id: memberId }, organisation };
    },
  };
}

/** The id of an example member who is there for the running test alone, as is their organisation. */
export function freshMember(example: string): string {
  const { testPath = '', currentTestName = '' } = expect.getState();
  const tag = createHash('sha256').update(`${RUN} ${testPath} ${currentTestName}`).digest('hex').slice(0, 12);
  return `${example}.${tag}`;
}
