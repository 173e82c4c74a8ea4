import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';

/** How to sign in to the embedded server. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Reads the credentials kept at `path`, or makes and keeps new random ones. Only our own user may read the
 * file; two starts at once agree on one password.
 */
export async function keptCredentials(path: string): Promise<Credentials> {
  const known = await read(path);
  if (known !== undefined) return known;
  const fresh: Credentials = { user: 'chatkit', password: randomBytes(24).toString('base64url') };
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(fresh), { mode: 0o600 });
  try {
    await link(draft, path);
    return fresh;
  } catch (error) {
    const theirs = await read(path);
    if (theirs === undefined) throw error;
    return theirs;
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(path: string): Promise<Credentials | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { user, password } = JSON.parse(text) as Partial<Credentials>;
  if (typeof user === 'string' && typeof password === 'string') return { user, password };
  throw new Error(`${path} holds no credentials; remove it together with the data folder beside it`);
}
