import { IconButton } from '../view/button.js';
import { useView } from '../view/context.js';
import { useCopy } from '../view/use-copy.js';

/** A block of code with its language and a button that copies it. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const { t } = useView();
  const { copied, copy } = useCopy();
  const name = language.split(/\s/)[0] ?? '';
  return (
    <div class="code">
      <div class="code-head">
        <span>{name}</span>
        <IconButton name={t('copyCode')} icon={copied ? 'check' : 'copy'} small onClick={() => copy(code)} />
      </div>
      <pre tabIndex={0} role="group" aria-label={name || 'Code'}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
