export type ScriptStatus = 'pending' | 'ready' | 'error';

export interface ScriptOptions {
  /** Address of the script; without it the page itself brings the script. */
  readonly src?: string | undefined;
  /** Milliseconds to wait for the element to be defined. */
  readonly timeoutMs?: number | undefined;
}

const TAG = 'openai-chatkit';
const DEFAULT_TIMEOUT = 5_000;

/** True once the element can be used. */
export function isDefined(): boolean {
  return typeof customElements !== 'undefined' && customElements.get(TAG) !== undefined;
}

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

/** The address in the form that pages with Trusted Types ask for. */
function trusted(src: string): string {
  const factory = (window as { trustedTypes?: PolicyFactory }).trustedTypes;
  return factory
    ? factory.createPolicy('chatkit-client', { createScriptURL: (url) => url }).createScriptURL(src)
    : src;
}

function addScript(src: string): HTMLScriptElement {
  const known = [...document.querySelectorAll('script')].find((script) => script.getAttribute('src') === src);
  if (known) return known;
  const script = document.createElement('script');
  script.src = trusted(src);
  script.async = true;
  document.head.append(script);
  return script;
}

/**
 * Watches for the element's script until it is ready, fails, or takes too long; a script that arrives after
 * that still counts. Tells every change of the status.
 *
 * @returns stops watching
 */
export function watchScript(options: ScriptOptions, tell: (status: ScriptStatus) => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  let watching = true;
  let failed = false;
  const ready = (): void => {
    if (watching && isDefined()) tell('ready');
  };
  const fail = (): void => {
    if (!watching || failed || isDefined()) return;
    failed = true;
    tell('error');
  };
  const timer = setTimeout(fail, options.timeoutMs ?? DEFAULT_TIMEOUT);
  window.addEventListener('chatkit-script-loaded', ready);
  window.addEventListener('chatkit-script-error', fail);
  void customElements.whenDefined(TAG).then(ready);
  const script = options.src === undefined ? undefined : addScript(options.src);
  script?.addEventListener('error', fail);
  return () => {
    watching = false;
    clearTimeout(timer);
    window.removeEventListener('chatkit-script-loaded', ready);
    window.removeEventListener('chatkit-script-error', fail);
    script?.removeEventListener('error', fail);
  };
}
