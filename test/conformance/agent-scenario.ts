import type { Turn } from './replayed-model.js';

/** One step of what a tool does when it is called. */
export interface ToolOperation {
  emit?: Record<string, unknown>;
  widget?: unknown;
  widget_states?: unknown[];
  accumulate_text?: { name: string; instructions: string; input: string; component: unknown };
  copy_text?: string | null;
  start_workflow?: unknown;
  add_task?: unknown;
  update_task?: unknown;
  index?: number;
  end_workflow?: { summary?: unknown; expanded?: boolean };
  client_tool_call?: { name: string; arguments: Record<string, unknown> };
  thread?: Record<string, unknown>;
  sleep_ms?: number;
  raise?: string;
  return?: unknown;
}

export interface ScriptedTool {
  name: string;
  description?: string;
  parameters: { type: 'object'; properties: Record<string, never>; required?: string[] };
  scripts: ToolOperation[][];
  on_error?: 'report' | 'abort';
}

export interface ScriptedGuardrail {
  name: string;
  trips: boolean;
  blocking?: boolean;
  at?: 'pause' | 'end';
}

export interface ScriptedAgent {
  name: string;
  instructions: string;
  model?: string;
  tools?: ScriptedTool[];
  hosted_tools?: { type: string; [key: string]: unknown }[];
  stop_at_tools?: string[];
  input_guardrails?: ScriptedGuardrail[];
  output_guardrails?: ScriptedGuardrail[];
}

/** A call that reached the model's server. */
export interface ModelCall {
  request: number;
  instructions: unknown;
  tools: unknown[];
  input: unknown;
}

/** Recorded streams of a model and what the reference made of them; agents/README.md has the format. */
export interface AgentScenario {
  name: string;
  note?: string;
  agent: ScriptedAgent;
  max_turns?: number;
  partial_images?: number;
  converter?: 'default' | 'extended';
  thread?: Record<string, unknown>;
  history?: Record<string, unknown>[];
  attachments?: unknown[];
  thread_title?: string;
  requests: { type: string; [key: string]: unknown }[];
  turns: Turn[];
  wire_chunk?: number;
  expect: { events: unknown[][]; model_requests: ModelCall[]; dump: unknown[] };
}
