import type { Article } from './types.js';

export const borealisArticles: readonly Article[] = [
  {
    slug: 'first-visit',
    category: 'Before you come',
    title: 'Preparing for your first visit',
    summary: 'What to bring, when to arrive, and what happens in the first half hour.',
    minutes: 3,
    updated: '2026-03-05',
    sections: [
      {
        heading: 'What to bring',
        paragraphs: ['A first appointment goes best when we do not have to guess.'],
        points: [
          'Your insurance card and a photo identification.',
          'A list of the medicines you take, with doses.',
          'Letters and results from other doctors, on paper or as files.',
        ],
      },
      {
        heading: 'When you arrive',
        paragraphs: [
          'Please come ten minutes early. Check in at the terminal by the entrance or at the desk; someone will call you by first name.',
        ],
      },
      {
        heading: 'Changing your appointment',
        paragraphs: [
          'You can move or cancel an appointment up to twenty-four hours before, without giving a reason.',
        ],
      },
    ],
  },
  {
    slug: 'test-results',
    category: 'Your records',
    title: 'Understanding your test results',
    summary: 'When results arrive, what reference ranges mean, and whom to ask.',
    minutes: 4,
    updated: '2026-02-11',
    sections: [
      {
        heading: 'When results arrive',
        paragraphs: [
          'Blood counts are ready the same day, cultures after three to five days, tissue samples after about ten.',
          'We release a result as soon as a doctor has looked at it. Anything urgent we tell you by telephone first.',
        ],
      },
      {
        heading: 'Reading the ranges',
        paragraphs: [
          'A reference range covers nineteen of twenty healthy people. One value a little outside is common and often means nothing.',
        ],
        points: [
          'An arrow marks a value outside its range.',
          'A dot marks a value that changed since last time.',
        ],
      },
      {
        heading: 'Asking about a result',
        paragraphs: [
          'Write to your care team from the result itself; a nurse answers within one working day.',
        ],
      },
    ],
  },
  {
    slug: 'prescriptions',
    category: 'Medicines',
    title: 'Renewing a prescription',
    summary: 'Repeat prescriptions in two steps, and when you need to see someone first.',
    minutes: 2,
    updated: '2026-01-20',
    sections: [
      {
        heading: 'Repeat prescriptions',
        paragraphs: [
          'Medicines marked as repeat can be renewed here. They are ready at your pharmacy within two working days.',
        ],
        points: ['Choose the medicine and the pharmacy.', 'You get a message when it can be collected.'],
      },
      {
        heading: 'When a visit comes first',
        paragraphs: [
          'After twelve months, and for medicines that need blood checks, we ask you to see a doctor before the next renewal.',
        ],
      },
      {
        heading: 'Travelling',
        paragraphs: [
          'Tell us three weeks ahead and we write a supply for the journey and a letter for customs.',
        ],
      },
    ],
  },
];
