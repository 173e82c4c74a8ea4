import type { Choices } from './choices.js';
import type { Composer, Draft } from './composer.js';
import type { Uploads } from './uploads.js';

/** What makes up the draft of a message. */
export interface ComposerParts {
  readonly composer: Composer;
  readonly choices: Choices;
  readonly uploads: Uploads;
}

/** Empties the composer of a draft that is on its way. */
export function draftSent({ composer, choices, uploads }: ComposerParts): void {
  composer.clear();
  uploads.sent();
  choices.sent();
}

/** Brings a draft back after a failure, unless the user has begun another one. */
export function restoreDraft({ composer, choices, uploads }: ComposerParts, draft: Draft): void {
  if (uploads.state.value.uploads.length > 0 || !composer.restore(draft)) return;
  if (draft.uploads) uploads.bringBack(draft.uploads);
  if (draft.toolId !== undefined) choices.pickTool(draft.toolId);
}

/** Shows the draft of another thread. */
export function switchDraft({ composer, uploads }: ComposerParts, threadId: string | null): void {
  composer.switchTo(threadId);
  uploads.switchTo(threadId);
}

/** The thread that the draft belongs to got an id of its own. */
export function adoptDraft({ composer, uploads }: ComposerParts, threadId: string): void {
  composer.adopt(threadId);
  uploads.adopt(threadId);
}
