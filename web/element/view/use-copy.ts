import { useEffect, useRef, useState } from 'preact/hooks';
import { useView } from './context.js';

const SHOWN = 1_600;

/** Copies text and says so, on the button and to screen readers. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const { announcement, t } = useView();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (text: string): Promise<void> => {
    // Pages that are not served securely have no clipboard, and the browser may refuse.
    const worked = await writeClipboard(text);
    announcement.value = t(worked ? 'copied' : 'copyFailed');
    if (!worked) return;
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), SHOWN);
  };
  return { copied, copy: (text) => void copy(text) };
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
