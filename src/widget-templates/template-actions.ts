/** An action that a template's controls send to the server. */
export interface TemplateAction {
  readonly type: string;
  /** Whether it waits for one answer (`streaming: false`). */
  readonly sync: boolean;
}

const TAG = /\{\{(?:(?!\{\{)[\s\S])*?\}\}|\{%(?:(?!\{%)[\s\S])*?%\}/g;
const ACTION = /"(?:on[A-Za-z]+Action|action)"\s*:\s*(?=\{)/g;

/**
 * The actions in a template's text that go to the server, whichever of its branches they are in. Types that
 * are made of data are not among them.
 */
export function actionsIn(template: string): TemplateAction[] {
  const text = template.replaceAll(TAG, (tag) => (tag.startsWith('{{') ? 'null' : ''));
  const found = [...text.matchAll(ACTION)].flatMap(({ index, 0: key }) => {
    const config = objectAt(text, index + key.length);
    const type = /"type"\s*:\s*"((?:[^"\\]|\\.)+)"/.exec(config)?.[1];
    if (type === undefined || /"handler"\s*:\s*"client"/.test(config)) return [];
    return [{ type, sync: /"streaming"\s*:\s*false/.test(config) }];
  });
  return [...new Map(found.map((action) => [JSON.stringify(action), action])).values()];
}

/** The fields of the object that begins there, without what is nested in it. */
function objectAt(text: string, start: number): string {
  let depth = 0;
  let own = '';
  for (const [token] of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[^"]/g)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) break;
    if (depth === 1) own += token;
  }
  return own;
}
