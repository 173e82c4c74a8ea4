import type { CallToolResult } from '@modelcontextprotocol/client';
import { cut } from '../chatkit/core/cut.js';

/** Longest result that the model is given, in characters. */
const MAX_RESULT = 40_000;

/** What a call has given, as text for the model, cut where it is too long. */
export function resultText({ content, structuredContent, isError }: CallToolResult): string {
  const parts = content.map(partText).filter((text) => text !== '');
  if (parts.length === 0 && structuredContent !== undefined) parts.push(JSON.stringify(structuredContent));
  const text = parts.join('\n') || 'Done.';
  return limited(isError === true ? `The tool reports an error:\n${text}` : text);
}

function partText(part: CallToolResult['content'][number]): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'resource':
      return 'text' in part.resource ? part.resource.text : `[${part.resource.mimeType ?? 'file'}]`;
    case 'resource_link':
      return `${part.name}: ${part.uri}`;
    case 'image':
    case 'audio':
      return `[${part.mimeType}]`;
    default:
      return '';
  }
}

function limited(text: string): string {
  if (text.length <= MAX_RESULT) return text.toWellFormed();
  return `${cut(text, MAX_RESULT)}\n[cut: the result has ${text.length} characters]`;
}
