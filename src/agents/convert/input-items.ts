import type { AgentInputItem } from '@openai/agents';

/** A message of the user as the SDK takes it. */
export type UserInput = Extract<AgentInputItem, { role: 'user' }>;

/** One part of such a message: text, image, file or audio, in the SDK's own spelling. */
export type InputPart = Exclude<UserInput['content'], string>[number];

/** What a hook of ThreadItemConverter may answer: one item, several, or nothing. */
export type Converted = AgentInputItem | readonly AgentInputItem[] | undefined;

/** A text part. */
export function textPart(text: string): InputPart {
  return { type: 'input_text', text };
}

/** A message that the model reads as one of the user's. */
export function userInput(...content: InputPart[]): UserInput {
  return { type: 'message', role: 'user', content };
}

/** What a hook answered as a list. */
export function inputItems(converted: Converted): AgentInputItem[] {
  return converted === undefined ? [] : [converted].flat();
}
