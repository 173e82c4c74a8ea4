import { createHash } from 'node:crypto';
import type { ModelRequest, ModelResponse } from '@openai/agents';
import type { RequestView } from './request-view.js';
import { ToolArguments } from './tool-arguments.js';

type FunctionCall = Extract<ModelResponse['output'][number], { type: 'function_call' }>;
type Tool = Extract<ModelRequest['tools'][number], { type: 'function' }>;

/** Words that may stand between those of a tool's name. */
const FILLING = String.raw`(?:[\s_-]+(?:my|the|this|a|an|me|all|our|us|some))*[\s_-]+`;
const WORD_END = /[^\p{L}\p{N}]+|(?<=[a-z])(?=[A-Z])/u;

/**
 * The tool to call next: the one that the request asks for, else the first whose name's words the question
 * has in it (`show_orders` in “show my orders”). Each is called once for a question, and none any more when
 * the page has answered a call.
 */
export function nextCall(request: ModelRequest, view: RequestView): FunctionCall | undefined {
  const { toolChoice } = request.modelSettings;
  const functions = request.tools.filter((tool) => tool.type === 'function');
  if (toolChoice === 'none' || !view.mayCall(functions.map(({ name }) => name))) return undefined;
  const left = functions.filter(({ name }) => !view.called.has(name));
  const tool =
    left.find(({ name }) => name === toolChoice) ??
    named(left, view.question) ??
    (toolChoice === 'required' && view.called.size === 0 ? left[0] : undefined);
  return tool && callOf(tool, request, view);
}

/** The tool that is named first. */
function named(tools: readonly Tool[], question: string): Tool | undefined {
  const found = tools.flatMap((tool) => {
    const words = tool.name.split(WORD_END).filter(Boolean);
    const at = new RegExp(String.raw`(?<![\p{L}\p{N}])${words.join(FILLING)}(?![\p{L}\p{N}])`, 'iu').exec(
      question,
    );
    return at === null ? [] : [{ tool, at: at.index, length: at[0].length }];
  });
  return found.toSorted((a, b) => a.at - b.at || b.length - a.length)[0]?.tool;
}

function callOf(
  { name, parameters }: Tool,
  { input }: ModelRequest,
  { question }: RequestView,
): FunctionCall {
  const digest = createHash('sha256').update(JSON.stringify(input)).update(name).digest('hex');
  return {
    type: 'function_call',
    callId: `call_${digest.slice(0, 24)}`,
    name,
    status: 'completed',
    arguments: JSON.stringify(new ToolArguments(question).of(parameters)),
  };
}
