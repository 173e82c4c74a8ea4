export { createChatKitFetch, SignedOutError } from './chatkit-fetch.js';
export type { ChatKitFetchOptions, ChatUser } from './chatkit-fetch.js';
export { ChatKitGate } from './chatkit-gate.js';
export type { ChatKitGateProps } from './chatkit-gate.js';
export { getPageContext } from './page-context.js';
export type { PageContext } from './page-context.js';
export type { ScriptOptions, ScriptStatus } from './script-status.js';
export { useChatKitScript } from './use-chatkit-script.js';
