import type { IconName } from '../icons.js';

/** Something that the assistant can be asked, and what there is to see then. */
export interface Demo {
  readonly title: string;
  readonly text: string;
  readonly prompt: string;
  /** Picked in the composer, as a member would. */
  readonly tool?: string;
  /** Mentions the first article of the organisation. */
  readonly mention?: true;
  /** Text of a file that is put in the composer together with the prompt, for the member to send. */
  readonly file?: string;
}

export interface DemoGroup {
  readonly name: string;
  readonly text: string;
  readonly icon: IconName;
  readonly demos: readonly Demo[];
}

export const DEMO_GROUPS: readonly DemoGroup[] = [
  {
    name: 'While it works',
    text: 'Nobody has to look at a blank screen.',
    icon: 'pulse',
    demos: [
      {
        title: 'Progress',
        text: 'One line says what is being done at the moment.',
        prompt: 'Check the hours',
      },
      { title: 'Steps', text: 'Work that has several parts shows each of them.', prompt: 'Prepare a report' },
      {
        title: 'Thoughts',
        text: 'What the model thinks before it answers.',
        prompt: 'Think about this page',
      },
    ],
  },
  {
    name: 'Things to click',
    text: 'Answers that are cards, lists and forms.',
    icon: 'cards',
    demos: [
      {
        title: 'A list',
        text: 'From a template of the widget builder, with your own data.',
        prompt: 'Show my bookings',
      },
      {
        title: 'A card with buttons',
        text: 'The server, this page, or one after the other reacts to them.',
        prompt: 'What is my next booking?',
      },
      {
        title: 'A choice',
        text: 'What you choose takes the place of the question.',
        prompt: 'Choose a slot',
      },
      { title: 'A form', text: 'Fields, checked before they are sent.', prompt: 'Show the contact form' },
      { title: 'A letter', text: 'A card whose text is written while you look.', prompt: 'Write a letter' },
      {
        title: 'Questions',
        text: 'The assistant asks back before it goes on.',
        prompt: 'Ask user “Which day suits you?” with “Monday”, “Wednesday” or “Friday”',
      },
    ],
  },
  {
    name: 'Together with the page',
    text: 'The chat and the page around it know of each other.',
    icon: 'page',
    demos: [
      {
        title: 'Colours',
        text: 'The assistant changes how the page looks.',
        prompt: 'Change the colours to teal',
      },
      { title: 'Highlight', text: 'It points at what is beside the chat.', prompt: 'Highlight the page' },
      {
        title: 'Selection',
        text: 'It reads what you have selected, if you let it.',
        prompt: 'Get my selection',
      },
      {
        title: 'Mentions',
        text: 'Type @ for articles and people; it is told what they are.',
        prompt: 'Tell me about ',
        mention: true,
      },
      {
        title: 'What you look at',
        text: 'It is told which page is on your screen.',
        prompt: 'Summarise this page for me',
      },
      {
        title: 'Notice',
        text: 'A banner above the conversation.',
        prompt: 'Give me a notice that is a warning',
      },
    ],
  },
  {
    name: 'More than words',
    text: 'Pictures, sources, and tools you pick yourself.',
    icon: 'spark',
    demos: [
      { title: 'A picture', text: 'First a small preview, then the whole.', prompt: 'Draw a picture' },
      { title: 'Sources', text: 'Where an answer comes from, and a way there.', prompt: 'Quote the rules' },
      {
        title: 'A tool of your choice',
        text: 'Picked in the composer, for one message.',
        prompt: 'The sea, and the garden',
        tool: 'search_catalogue',
      },
      {
        title: 'A refusal',
        text: 'What it looks like when it will not answer.',
        prompt: 'You should refuse this',
      },
      { title: 'A long answer', text: 'Headings, lists, code and a table.', prompt: 'Write a long answer' },
      {
        title: 'A file',
        text: 'It waits in the composer; the assistant sees what you send.',
        prompt: 'What have I attached?',
        file: 'A note to try attachments with.',
      },
    ],
  },
  {
    name: 'The conversation itself',
    text: 'It has a name, and it can be put to rest.',
    icon: 'chat',
    demos: [
      {
        title: 'A title',
        text: 'Given by the assistant, or by you in the history.',
        prompt: 'Rename this thread to “Plans for May”',
      },
      { title: 'Locked', text: 'Nobody writes until it is opened again.', prompt: 'Lock this thread' },
      { title: 'Closed', text: 'Everything has been said.', prompt: 'Close this thread' },
    ],
  },
];
