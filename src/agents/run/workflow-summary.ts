import type { Workflow, WorkflowItem } from '../../chatkit/core/index.js';

/** What a closed workflow shows: a title, or how many whole seconds it took. */
export type WorkflowSummary = NonNullable<Workflow['summary']>;

/** Whole seconds since a stored time, which is UTC where it names no zone; never negative. */
function secondsSince(time: string, now: Date): number {
  const started = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`);
  const seconds = Math.floor((now.getTime() - started) / 1000);
  return Number.isNaN(seconds) ? 0 : Math.max(0, seconds);
}

/** The workflow as it is when it is closed; one without a summary gets its duration. */
export function summarised(item: WorkflowItem, now: Date, expanded: boolean): WorkflowItem {
  const summary = item.workflow.summary ?? { duration: secondsSince(item.created_at, now) };
  return { ...item, workflow: { ...item.workflow, summary, expanded } };
}
