import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import type { StructuredInput } from '../../chatkit/core/index.js';
import type { AgentContext } from './agent-context.js';
import { ChatKitTool } from '../decorators/tool.decorator.js';
import { cut } from '../../chatkit/core/cut.js';

const MAX_QUESTIONS = 10;
const MAX_OPTIONS = 20;
const MAX_TEXT = 500;

const parameters = z.object({
  questions: z
    .array(
      z.object({
        question: z.string(),
        options: z
          .array(z.string())
          .max(MAX_OPTIONS)
          .describe('Answers to choose from. Empty: the user answers in words of their own.'),
        multiple: z.boolean().describe('Whether the user may choose more than one option.'),
      }),
    )
    .min(1)
    .max(MAX_QUESTIONS),
});
type Questions = z.output<typeof parameters>['questions'];

/**
 * The tool `ask_user`: puts questions with options in the place of the composer and ends the run. The answers
 * come with a request of their own (`threads.add_structured_input`), and the model goes on with them.
 */
@Injectable()
export class AskUser {
  @ChatKitTool({
    name: 'ask_user',
    description:
      'Asks the user one or several questions in a form. Use it when an answer depends on a choice that only ' +
      'the user can make. Say nothing after it: the answers come with the next message.',
    parameters,
  })
  ask({ questions }: { questions: Questions }, context: AgentContext): Promise<void> {
    return askUser(questions.map(inputOf), context);
  }
}

/**
 * Asks the user from a tool of your own: stores the questions, shows them, and ends the run after the tool.
 *
 * @param inputs each with an id of its own, under which the answer comes
 */
export async function askUser(inputs: StructuredInput[], context: AgentContext): Promise<void> {
  context.awaitsUser = true;
  await context.stream({
    type: 'thread.item.done',
    item: {
      type: 'structured_input',
      id: context.generateId('message'),
      thread_id: context.thread.id,
      created_at: context.now(),
      status: 'pending',
      inputs,
    },
  });
}

function inputOf({ question, options, multiple }: Questions[number], at: number): StructuredInput {
  const asked = { id: `question-${at + 1}`, question: cut(question, MAX_TEXT) };
  const values = [...new Set(options.map((option) => cut(option, MAX_TEXT)))].filter(Boolean);
  return values.length === 0
    ? { ...asked, type: 'freeform' }
    : { ...asked, type: 'multiple_choice', multiple, options: values.map((value) => ({ value })) };
}
