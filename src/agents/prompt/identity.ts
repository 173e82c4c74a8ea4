import type { RequestContext } from '../../auth/request-context.js';
import { cleanLine, dataBlock, dataLine } from './data-text.js';

const MAX_NAME = 200;
const MAX_ROLES = 20;

type Identity = Pick<RequestContext, 'tenantId' | 'tenantName' | 'userId' | 'user' | 'roles' | 'locale'>;

function lines(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const clean = value === undefined ? '' : cleanLine(value, MAX_NAME);
    return clean === '' ? [] : [dataLine(name, clean)];
  });
}

/** The organisation as a block of the instructions: the same for all its members. */
export function organisationBlock({ tenantId, tenantName }: Identity): string {
  return dataBlock(
    'organisation-data',
    'The organisation whose member you talk with.',
    lines({ name: tenantName, id: tenantId }),
  );
}

/** The member as a block of the instructions, from the verified token alone. */
export function userBlock({ userId, user, roles, locale }: Identity): string {
  const roleNames = roles.slice(0, MAX_ROLES).map((role) => cleanLine(role, MAX_NAME));
  return dataBlock('user-data', 'The member you talk with, as signed in.', [
    ...lines({ name: user.name, email: user.email }),
    ...(roleNames.length > 0 ? [dataLine('roles', roleNames)] : []),
    ...lines({ locale, id: userId }),
  ]);
}
