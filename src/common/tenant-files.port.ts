/** Whose files are meant: those of one user, or of all users of the tenant. */
export interface FilesOwner {
  readonly tenantId: string;
  readonly userId?: string | undefined;
}

/** The files that users of tenants have put there, for who erases them or keeps them no longer. */
export interface TenantFiles {
  /**
   * Removes all of them, also those that no record tells of, and tells how many with each step. What was stopped goes on
   * with the next call.
   *
   * @throws UnavailableError when files cannot be had
   */
  removeAll(owner: FilesOwner, signal?: AbortSignal): AsyncIterable<number>;
  /** Removes the files of these attachments of a user. What is not there is no error. @throws as removeAll() */
  remove(
    owner: { readonly tenantId: string; readonly userId: string },
    attachmentIds: readonly string[],
  ): Promise<void>;
}
