import type { Article } from './types.js';

export const neutralArticles: readonly Article[] = [
  {
    slug: 'getting-started',
    category: 'Basics',
    title: 'Getting started',
    summary: 'A short tour of your member portal and of the assistant beside it.',
    minutes: 2,
    updated: '2026-03-01',
    sections: [
      {
        heading: 'Finding your way',
        paragraphs: [
          'Every page has its place in the list at the start. The assistant knows which page you are on.',
        ],
      },
      {
        heading: 'Asking the assistant',
        paragraphs: [
          'Ask in your own words. You can stop an answer at any time and come back to a conversation later.',
        ],
        points: ['Conversations are yours alone.', 'Rename or delete them in the history.'],
      },
      {
        heading: 'Getting help',
        paragraphs: ['If something looks wrong, tell the people who run this portal.'],
      },
    ],
  },
  {
    slug: 'your-account',
    category: 'Account',
    title: 'Your account and your data',
    summary: 'What we keep, for how long, and how to have it removed.',
    minutes: 3,
    updated: '2026-02-14',
    sections: [
      {
        heading: 'What is kept',
        paragraphs: [
          'Your name and address as your organisation knows them, and the conversations you have here.',
        ],
      },
      {
        heading: 'Who can see it',
        paragraphs: [
          'Conversations belong to you. Members of other organisations can never see anything of yours.',
        ],
      },
      { heading: 'Having it removed', paragraphs: ['A conversation that you delete is gone at once.'] },
    ],
  },
  {
    slug: 'accessibility',
    category: 'Basics',
    title: 'Accessibility of this portal',
    summary: 'Keyboard, screen readers, contrast and motion: what works and how.',
    minutes: 2,
    updated: '2026-01-09',
    sections: [
      {
        heading: 'Keyboard',
        paragraphs: ['Everything can be reached with the keyboard alone.'],
        points: [
          'Enter sends a message, Shift and Enter starts a new line.',
          'Escape closes what lies on top.',
        ],
      },
      {
        heading: 'Screen readers',
        paragraphs: ['Answers are read out once they are complete rather than word by word.'],
      },
      {
        heading: 'Contrast and motion',
        paragraphs: ['Both colour schemes keep strong contrast; reduced motion is respected.'],
      },
    ],
  },
];
