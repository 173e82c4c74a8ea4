/** Injection token of {@link SignInPaths}. */
export const SIGN_IN_PATHS = Symbol('chatkit:sign-in-paths');

/** The routes of a sign-in, below the prefixes of the application. */
export interface SignInPaths {
  /** Where one begins. */
  readonly login: string;
  /** Where the identity provider sends the browser back to. */
  readonly callback: string;
}

/** @param path where the routes of sign-in are mounted, without slashes around it */
export function signInPaths(path: string): SignInPaths {
  return { login: `/${path}/login`, callback: `/${path}/callback` };
}
