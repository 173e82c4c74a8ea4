/** One step of a script: what the scripted server does when it is asked. */
export interface Operation {
  emit?: Record<string, unknown>;
  thread?: Record<string, unknown>;
  store_item?: Record<string, unknown>;
  widget?: unknown;
  widget_states?: unknown[];
  copy_text?: string | null;
  raise?: { kind: 'custom' | 'stream' | 'error'; message?: string; allow_retry?: boolean };
  wait?: true;
}

export type Script = Operation[];

export const FAILURE_KINDS = ['invalid_request', 'not_found', 'invalid_state', 'unsupported'] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** What a step is answered with, in the form in which scenarios record it. */
export interface Answer {
  events?: unknown[];
  json?: unknown;
  raises?: FailureKind;
}

export interface Step {
  request?: unknown;
  raw?: string;
  dump?: string;
  user?: string;
  cancel_after?: number;
  expect: Answer;
}

/** A recorded conversation with the reference; the README beside these files describes the format. */
export interface Scenario {
  name: string;
  note?: string;
  options?: { allow_cancel?: boolean; attachments?: boolean; overrides?: string[] };
  respond?: Script[];
  action?: Script[];
  sync_action?: { updated_item?: Record<string, unknown> }[];
  transcribe?: { text: string }[];
  steps: Step[];
  expect_feedback?: unknown[];
}
