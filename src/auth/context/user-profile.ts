/** What the token says about the person, as far as it says anything. */
export interface UserProfile {
  readonly name?: string;
  readonly email?: string;
  /** Address of a picture. */
  readonly picture?: string;
  /** Further facts, from the claim that the configuration names. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}
