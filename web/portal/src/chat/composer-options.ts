import type { UseChatKitOptions } from '@openai/chatkit-react';
import type { Features } from '../features.js';

type Composer = NonNullable<UseChatKitOptions['composer']>;
type Tools = NonNullable<Composer['tools']>;

const TOOLS: Tools = [
  {
    id: 'search_catalogue',
    label: 'Search the catalogue',
    shortLabel: 'Catalogue',
    icon: 'search',
    placeholderOverride: 'What are you looking for?',
  },
  { id: 'check_hours', label: 'Ask for opening hours', shortLabel: 'Hours', icon: 'clock' },
  { id: 'draw_picture', label: 'Draw a picture', shortLabel: 'Picture', icon: 'square-image' },
];

const ACCEPT = {
  'image/*': ['.png', '.jpg', '.jpeg', '.gif', '.webp'],
  'application/pdf': ['.pdf'],
  'text/*': ['.txt', '.md', '.csv'],
};
const MAX_FILES = 5;
const MAX_BYTES = 10 * 1024 * 1024;

/** What the composer offers, as far as the server can do it. */
export function composerOptions({ demo, attachments, dictation, models }: Features): Composer {
  return {
    placeholder: 'Ask a question',
    ...(attachments && {
      attachments: { enabled: true, maxCount: MAX_FILES, maxSize: MAX_BYTES, accept: ACCEPT },
    }),
    ...(demo && { tools: TOOLS }),
    ...(models.length > 1 && {
      models: models.map(({ id, label }, at) => ({ id, label, default: at === 0 })),
    }),
    ...(dictation && { dictation: { enabled: true } }),
  };
}
