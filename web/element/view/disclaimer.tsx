import { Markdown } from '../markdown/markdown.js';
import { useView } from './context.js';

/** The small print under the composer. */
export function Disclaimer() {
  const { disclaimer } = useView().options.value;
  if (!disclaimer) return null;
  return (
    <div class={`disclaimer${disclaimer.highContrast ? ' strong' : ''}`}>
      <Markdown text={disclaimer.text} />
    </div>
  );
}
