import type { RequestContext } from '../../auth/context/request-context.js';
import { MAX_INSTRUCTIONS } from '../context/tenant-instructions.js';
import { boundedProfile, type Profile } from '../context/profile-provider.js';
import { cleanLine, cleanText, dataBlock, dataLine } from '../../model-text/data-text.js';

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

/** What the organisation asks of the assistant as a block of the instructions; nothing when it asks nothing. */
export function instructionsBlock(instructions: string): string | undefined {
  const text = cleanText(instructions, MAX_INSTRUCTIONS).trim();
  if (text === '') return undefined;
  const note = 'What the administrators of the organisation ask of you.';
  return dataBlock('organisation-instructions', note, [dataLine('instructions', text)]);
}

/** The member as a block of the instructions, from the verified token and what the application knows. */
export function userBlock({ userId, user, roles, locale }: Identity, told: Profile = {}): string {
  const profile = { ...boundedProfile(user.attributes ?? {}), ...told };
  const roleNames = roles.slice(0, MAX_ROLES).map((role) => cleanLine(role, MAX_NAME));
  return dataBlock('user-data', 'The member you talk with, as signed in.', [
    ...lines({ name: user.name, email: user.email }),
    ...(roleNames.length > 0 ? [dataLine('roles', roleNames)] : []),
    ...lines({ locale, id: userId }),
    ...Object.entries(profile).map(([name, value]) => dataLine(`profile ${name}`, value)),
  ]);
}
