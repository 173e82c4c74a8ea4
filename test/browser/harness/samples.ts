import { answer, item, thread, user } from './events.js';

/** A small square. */
export const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==';

const MARKDOWN = `# A title

Some *soft* and **strong** words, ~~none~~, \`code\`, a [link](https://example.com/a) and ![a square](${PIXEL}).

## A part of it

1. one
   - [x] done
   - [ ] open

> A quote

| Room | Seats |
| ---- | ----: |
| Fern |    12 |

\`\`\`ts
const seats = 12; // all of them
\`\`\`

---

![elsewhere](https://pictures.test/a.png)`;

const source = (type: string, more: object) => ({ source: { type, title: 'A source', ...more } });

const ANNOTATIONS = [
  { ...source('url', { url: 'https://news.test/a', attribution: 'Daily News' }), index: 40 },
  { ...source('file', { filename: 'plan.pdf', title: 'The plan' }), index: 40 },
  source('entity', { id: 'e1', title: 'Ada', interactive: true, data: {} }),
];

const tasks = [
  { type: 'custom', title: 'Booked a room', status_indicator: 'complete', content: 'For **two**' },
  { type: 'thought', title: 'Considering', status_indicator: 'loading' },
  {
    type: 'web_search',
    title_query: 'Searched for rooms',
    queries: ['rooms near me'],
    sources: [{ type: 'url', url: 'https://rooms.test/a', title: 'Rooms' }],
    status_indicator: 'complete',
  },
  { type: 'file', title: 'Read', sources: [{ type: 'file', filename: 'a.pdf', title: 'A' }] },
];

/** A question of each kind. */
export const QUESTIONS = [
  {
    id: 'size',
    type: 'multiple_choice',
    question: 'Which size?',
    description: 'Of the cup',
    options: [{ value: 'Small' }, { value: 'Large' }],
    multiple: false,
  },
  { id: 'extra', type: 'multiple_choice', question: 'Extras?', options: [{ value: 'Milk' }], multiple: true },
  { id: 'name', type: 'freeform', question: 'Which name?' },
];

const CARD = {
  type: 'Card',
  status: { text: 'Open', icon: 'calendar' },
  children: [
    { type: 'Title', value: 'Your room' },
    { type: 'Text', value: 'Fern, on the first floor' },
    { type: 'Caption', value: 'Since May' },
    {
      type: 'Row',
      children: [
        { type: 'Badge', label: 'Free', color: 'success' },
        { type: 'Icon', name: 'star' },
      ],
    },
    { type: 'Image', src: PIXEL, alt: 'The room' },
    { type: 'Divider' },
    { type: 'Button', label: 'Book', onClickAction: { type: 'book' } },
  ],
  confirm: { label: 'Confirm', action: { type: 'yes' } },
  cancel: { label: 'Not now', action: { type: 'no' } },
};

/** An item of every kind that shows. */
export const EVERY_ITEM = [
  user('', {
    content: [
      { type: 'input_text', text: 'Compare ' },
      { type: 'input_tag', id: 'a', text: 'Report A', data: {}, interactive: true },
      { type: 'input_text', text: ` with this ${'and that '.repeat(160)}` },
    ],
    attachments: [
      { type: 'image', id: 'att_1', name: 'square.png', mime_type: 'image/png', preview_url: PIXEL },
      { type: 'file', id: 'att_2', name: 'notes.txt', mime_type: 'text/plain' },
    ],
    quoted_text: 'Said before',
  }),
  ...tasks.map((task, at) => item('task', { id: `task_${at}`, task })),
  item('workflow', {
    workflow: { type: 'custom', tasks, summary: { title: 'Looked around' }, expanded: true },
  }),
  answer('', { content: [{ type: 'output_text', text: MARKDOWN, annotations: ANNOTATIONS }] }),
  item('widget', { widget: CARD }),
  item('generated_image', { id: 'making', image: null, progress: 0.3 }),
  item('generated_image', { id: 'made', image: { id: 'img', url: PIXEL } }),
  item('structured_input', {
    status: 'answered',
    inputs: QUESTIONS.map((question) =>
      Object.assign({}, question, { answer: { values: ['Large'], skipped: question.id === 'name' } }),
    ),
  }),
  item('end_of_turn'),
  user('Thank you', { id: 'thanks' }),
  answer('You are welcome', { id: 'welcome' }),
];

/** A thread with an item of every kind. */
export const FULL_THREAD = thread({ title: 'Everything', items: { data: EVERY_ITEM, has_more: false } });
