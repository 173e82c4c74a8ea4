import type { FailureCode } from '../session/failure.js';

/** Every text of the element, in English; `{name}` stands for a value. */
const ENGLISH = {
  greeting: 'What can I help with today?',
  placeholder: 'Message the AI',
  message: 'Message',
  send: 'Send message',
  shortened: 'This was too long: only the first {count} characters were kept.',
  stop: 'Stop response',
  history: 'Conversation history',
  historyTitle: 'Conversations',
  historyEmpty: 'Your conversations will appear here.',
  historyFailed: 'The conversations could not be loaded.',
  historyMore: 'Show more',
  closeHistory: 'Close history',
  newThread: 'New conversation',
  untitled: 'New conversation',
  rename: 'Rename {title}',
  renameField: 'New title',
  delete: 'Delete {title}',
  deleteTitle: 'Delete this conversation?',
  deleteText: '“{title}” will be deleted for good.',
  deleteConfirm: 'Delete',
  cancel: 'Cancel',
  save: 'Save',
  today: 'Today',
  yesterday: 'Yesterday',
  lastWeek: 'Previous 7 days',
  lastMonth: 'Previous 30 days',
  log: 'Messages',
  loading: 'Loading the conversation',
  olderLoading: 'Loading earlier messages',
  older: 'Show earlier messages',
  latest: 'Jump to latest',
  you: 'You said',
  assistant: 'Assistant said',
  responding: 'Assistant is responding',
  recovering: 'Connection lost. Looking for the answer…',
  stopped: 'You stopped this response.',
  retry: 'Try again',
  reload: 'Reload',
  dismiss: 'Dismiss',
  copy: 'Copy response',
  copied: 'Copied',
  copyFailed: 'Copying is not allowed here',
  copyCode: 'Copy code',
  good: 'Good response',
  bad: 'Bad response',
  regenerate: 'Retry response',
  showMore: 'Show more',
  showLess: 'Show less',
  sources: 'Sources',
  sourceNumber: 'Source {number}: {title}',
  quote: 'Replying to',
  removeQuote: 'Remove quote',
  reply: 'Reply',
  add: 'Add tools and more',
  tools: 'Tools',
  removeTool: 'Remove {tool}',
  model: 'Model: {model}',
  models: 'Models',
  mention: 'Mention something',
  mentions: 'Mentions',
  searching: 'Searching…',
  nothingFound: 'Nothing found',
  searchFailed: 'The search failed.',
  foundCount: 'Found: {count}. Use the arrow keys to choose.',
  locked: 'This conversation is locked for now.',
  closed: 'This conversation has been closed.',
  reasoned: 'Thought for {duration}',
  working: 'Working',
  reasoning: 'Thinking',
  searched: 'Searched the web',
  files: 'Files',
  imageTask: 'Image',
  imageCreating: 'Creating image',
  imageReady: 'Generated image',
  download: 'Download image',
  showImage: 'Show image from {host}',
  questions: 'Questions',
  otherAnswer: 'Another answer',
  answer: 'Your answer',
  skip: 'Skip',
  sendAnswers: 'Send answers',
  skipped: 'Skipped',
  suggestions: 'Suggestions',
  choose: 'Choose…',
  attach: 'Attach files',
  attachments: 'Attachments',
  dropHere: 'Drop files here',
  uploading: 'Uploading {name}',
  uploadFailed: 'Not uploaded.',
  retryUpload: 'Upload {name} again',
  removeFile: 'Remove {name}',
  refusedType: '“{name}” is of a kind that cannot be sent here.',
  refusedSize: '“{name}” is larger than {limit}.',
  refusedCount: '“{name}” was left out: {limit} files are the most.',
  enlarge: 'Enlarge {name}',
  closeImage: 'Close image',
  dictate: 'Dictate',
  dictation: 'Dictation',
  dictationCancel: 'Cancel dictation',
  dictationAccept: 'Insert what I said',
  recording: 'Recording',
  recordingTime: 'Recording time',
  transcribing: 'Writing down what you said…',
  micStarting: 'Waiting for the microphone…',
  micDenied: 'The microphone is blocked. Allow it in the settings of your browser to dictate.',
  micMissing: 'No microphone was found.',
  micSilent: 'Nothing was heard. Please try again.',
  micFailed: 'Your speech could not be written down. Please try again.',
} as const;

export const FAILURES: Readonly<Record<FailureCode, string>> = {
  network: 'The connection was lost. Check your network and try again.',
  unavailable: 'Chat is unavailable right now. Please try again in a moment.',
  signed_out: 'Your session has ended. Please sign in again.',
  forbidden: 'You are not allowed to use this chat. Please sign in again.',
  not_found: 'This conversation no longer exists.',
  too_large: 'This message is too long to send.',
  too_many: 'That was a bit fast. Please wait a moment and try again.',
  rejected: 'The chat could not accept this.',
  empty: 'No answer arrived.',
  interrupted: 'The connection was lost before an answer arrived.',
  incomplete: 'The connection was lost. This is what was saved of the answer.',
  'stream.error': 'Something went wrong while answering.',
  custom: 'Something went wrong.',
  hosted: 'This chat is not set up correctly.',
  tool_limit: 'The assistant did not come to an end.',
  server: 'Something went wrong on the server.',
};

export type TextKey = keyof typeof ENGLISH;

/** The text of a key with its values filled in. */
export function translate(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return ENGLISH[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.split('-')[0]?.toLowerCase() ?? '') ? 'rtl' : 'ltr';
}

/** The locale if `Intl` knows it, else English, so that dates never throw. */
export function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
