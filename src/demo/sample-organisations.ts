import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../chatkit/core/index.js';

/** Where actions say which booking they are about. */
const BOOKING = 'params.action.payload.id';

/** Something that a member has reserved with their organisation. */
export interface Booking {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly place: string;
  /** Page of the portal that tells more. */
  readonly article: string;
}

/** What an organisation of the demonstration knows. */
export interface SampleOrganisation {
  readonly bookings: readonly Booking[];
  readonly slots: readonly string[];
  readonly hours: string;
  readonly rule: {
    readonly text: string;
    readonly file: string;
    readonly article: string;
    readonly title: string;
  };
  readonly catalogue: readonly string[];
}

const AURORA: SampleOrganisation = {
  bookings: [
    {
      id: 'room-birch',
      title: 'Reading room Birch',
      when: 'Thursday, 10:00 to 12:00',
      place: 'Second floor, garden side',
      article: 'reading-rooms',
    },
    {
      id: 'loan-cello',
      title: 'Cello, three quarter size',
      when: 'Due on Friday',
      place: 'Instrument desk',
      article: 'borrowing',
    },
    {
      id: 'archive-1893',
      title: 'Harbour plans of 1893',
      when: 'Monday, 14:00',
      place: 'Archive, table 4',
      article: 'digital-archive',
    },
  ],
  slots: ['Tuesday 9:00', 'Tuesday 15:00', 'Wednesday 11:00'],
  hours:
    'The library is open from 8:00 to 20:00, on Saturdays until 16:00. On Sundays only the reading rooms are.',
  rule: {
    text: 'A room that is still empty ten minutes after the start goes back to the list.',
    file: 'house-rules.pdf',
    article: 'reading-rooms',
    title: 'Booking a reading room',
  },
  catalogue: [
    'The Sea Around Us',
    'Tides of the North',
    'A Field Guide to Lichens',
    'Maps of the Old Harbour',
    'The Quiet Garden',
  ],
};

const BOREALIS: SampleOrganisation = {
  bookings: [
    {
      id: 'visit-check',
      title: 'Annual check-up with Dr Lund',
      when: 'Tuesday, 8:30',
      place: 'Room 12, first floor',
      article: 'first-visit',
    },
    {
      id: 'blood-test',
      title: 'Blood test',
      when: 'Friday, 7:45, fasting',
      place: 'Laboratory, ground floor',
      article: 'test-results',
    },
    {
      id: 'refill',
      title: 'Repeat prescription',
      when: 'Ready from Wednesday',
      place: 'Pharmacy desk',
      article: 'prescriptions',
    },
  ],
  slots: ['Monday 8:15', 'Wednesday 13:30', 'Thursday 16:00'],
  hours: 'The clinic is open from 7:30 to 18:00. Outside these hours the night line answers.',
  rule: {
    text: 'Bring your membership card and a list of what you take.',
    file: 'your-visit.pdf',
    article: 'first-visit',
    title: 'Your first visit',
  },
  catalogue: [
    'Sleep and how to get more of it',
    'After an operation',
    'Vaccines for travellers',
    'Blood pressure at home',
  ],
};

const OTHER: SampleOrganisation = {
  bookings: [
    {
      id: 'welcome',
      title: 'Welcome meeting',
      when: 'Monday, 10:00',
      place: 'Online',
      article: 'getting-started',
    },
    {
      id: 'review',
      title: 'Account review',
      when: 'Thursday, 15:00',
      place: 'Online',
      article: 'your-account',
    },
  ],
  slots: ['Monday 10:00', 'Tuesday 14:00', 'Friday 9:00'],
  hours: 'The desk is open from 9:00 to 17:00 on weekdays.',
  rule: {
    text: 'Members can change what is kept about them at any time.',
    file: 'privacy.pdf',
    article: 'your-account',
    title: 'Your account',
  },
  catalogue: ['Getting started', 'Your account', 'Accessibility'],
};

const HOUSES = new Map([
  ['org_aurora', AURORA],
  ['org_borealis', BOREALIS],
]);

/** Stands for a service of the team's own: what each organisation has, and nothing of the others. */
@Injectable()
export class SampleOrganisations {
  of(tenantId: string): SampleOrganisation {
    return HOUSES.get(tenantId) ?? OTHER;
  }

  /** @throws InvalidRequestError when the organisation has no such booking */
  booking(tenantId: string, id: string): Booking {
    const found = this.of(tenantId).bookings.find((booking) => booking.id === id);
    if (found === undefined) throw new InvalidRequestError(`${BOOKING}: there is no such booking`, BOOKING);
    return found;
  }
}
