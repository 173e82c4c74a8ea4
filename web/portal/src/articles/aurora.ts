import type { Article } from './types.js';

export const auroraArticles: readonly Article[] = [
  {
    slug: 'borrowing',
    category: 'Borrowing',
    title: 'How long you can keep what you borrow',
    summary: 'Loan periods, renewals and reservations for books, films, instruments and tools.',
    minutes: 4,
    updated: '2026-03-02',
    sections: [
      {
        heading: 'Loan periods',
        paragraphs: [
          'Books and audiobooks go home with you for four weeks. Films and magazines are due after one week, instruments and tools after two.',
          'You can have thirty items at a time. Children up to twelve borrow without a limit on picture books.',
        ],
      },
      {
        heading: 'Renewing',
        paragraphs: [
          'A loan renews by itself up to three times, each for its full period, unless someone is waiting.',
        ],
        points: [
          'Two days before the due date we write to you, whether it renewed or not.',
          'Reserved items cannot be renewed; the next reader has seven days to collect them.',
          'Instruments renew once, at the desk, so that we can look them over.',
        ],
      },
      {
        heading: 'If something comes back late',
        paragraphs: [
          'We do not charge late fees. After six weeks an item counts as lost and we ask you to replace it or to pay what it cost us.',
        ],
      },
    ],
  },
  {
    slug: 'reading-rooms',
    category: 'Visiting',
    title: 'Booking a reading room',
    summary: 'Quiet rooms for one to eight people: how to book, what is inside, and the rules of the house.',
    minutes: 3,
    updated: '2026-02-18',
    sections: [
      {
        heading: 'Which rooms there are',
        paragraphs: [
          'Six rooms look out on the garden. Two of them hold eight people and have a screen on the wall.',
        ],
        points: [
          'Fern and Moss: one person, for deep quiet.',
          'Birch and Alder: up to four people, with a whiteboard.',
          'Larch and Pine: up to eight people, with a screen and a conference camera.',
        ],
      },
      {
        heading: 'Making a booking',
        paragraphs: [
          'Members book up to fourteen days ahead, for two hours a day. A room that is still empty ten minutes after the start goes back to the list.',
        ],
      },
      {
        heading: 'Food, drink and noise',
        paragraphs: ['Covered drinks are welcome, meals are not. Calls are fine behind a closed door.'],
      },
    ],
  },
  {
    slug: 'digital-archive',
    category: 'Collections',
    title: 'Working with the digital archive',
    summary: 'Eighty thousand letters, maps and photographs of the valley, searchable from anywhere.',
    minutes: 5,
    updated: '2026-01-27',
    sections: [
      {
        heading: 'What is in it',
        paragraphs: [
          'The archive holds the town chronicle from 1784 on, the photographs of the Lindqvist studio, and maps of every survey since 1850.',
        ],
      },
      {
        heading: 'Searching',
        paragraphs: [
          'Handwriting was transcribed by volunteers, so search finds words inside letters as well as in titles.',
        ],
        points: [
          'Put a phrase in quotation marks to find it exactly.',
          'Filter by year, place or collection at the left.',
          'Save a search to hear when something new matches it.',
        ],
      },
      {
        heading: 'Using what you find',
        paragraphs: [
          'Everything older than 1928 is free to use. For later pictures we ask the rights holder for you, which takes about ten days.',
        ],
      },
    ],
  },
];
