import type { Member } from './member.js';

function key(member: Member): string {
  return `portal.thread.${member.tenantId}.${member.userId}`;
}

/** The conversation that was open in this tab, for this member only. */
export function rememberedThread(member: Member): string | null {
  return sessionStorage.getItem(key(member));
}

export function rememberThread(member: Member, threadId: string | null): void {
  if (threadId === null) sessionStorage.removeItem(key(member));
  else sessionStorage.setItem(key(member), threadId);
}
