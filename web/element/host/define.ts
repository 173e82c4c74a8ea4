import { parts } from '../parts/parts.js';
import { ChatKitElement } from './chatkit-element.js';

const TAG = 'openai-chatkit';

/** Registers the element once; does nothing where there is no page, as during server rendering. */
export function defineElement(): void {
  if (typeof window === 'undefined' || typeof customElements === 'undefined') return;
  if (!customElements.get(TAG)) customElements.define(TAG, ChatKitElement);
  // Not needed at first sight, but for the first answer.
  void parts.markdown.get();
  window.dispatchEvent(new Event('chatkit-script-loaded'));
}
