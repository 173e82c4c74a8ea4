import { useSyncExternalStore } from 'react';

/** The page that shows what the assistant can do. */
export const TRY_PATH = '/try';

const NAVIGATED = 'portal-navigated';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(NAVIGATED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(NAVIGATED, listener);
  };
}

/** The path shown now. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** Goes to another page of the portal without loading it anew. */
export function navigate(path: string): void {
  window.history.pushState(null, '', path);
  window.dispatchEvent(new Event(NAVIGATED));
  window.scrollTo(0, 0);
}

/** Where administrators find what is theirs. */
export const ADMIN_PATH = '/admin';

export type AdminSection = 'usage' | 'feedback' | 'documents' | 'assistant' | 'limits' | 'audit';

/** The section of the administrators' page that a path names, else undefined. */
export function adminSection(path: string): AdminSection | undefined {
  const match = /^\/admin(?:\/(feedback|documents|assistant|limits|audit))?\/?$/.exec(path);
  return match ? ((match[1] ?? 'usage') as AdminSection) : undefined;
}

/** The slug of an article's path, else undefined. */
export function articleSlug(path: string): string | undefined {
  return /^\/articles\/([\w-]+)\/?$/.exec(path)?.[1];
}
