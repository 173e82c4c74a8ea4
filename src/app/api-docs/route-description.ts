import type { Type } from '@nestjs/common';
import type { Schema } from './field-schema.js';

/** What the classes of a route do not say themselves. */
export interface RouteDescription {
  readonly summary: string;
  /** Who may ask: with a token, or the session of the same kind of member. */
  readonly people: 'administrators' | 'operators';
  readonly params?: Type<object>;
  readonly query?: Type<object>;
  /** Of JSON. */
  readonly body?: Type<object>;
  /** Of a form with a file named `file`. */
  readonly form?: Type<object>;
  readonly status?: 200 | 201 | 204;
  /** Default: there is none. */
  readonly answer?: Schema;
  /** Default: `application/json`. */
  readonly type?: string;
  /** Besides those that every such route may have. */
  readonly errors?: readonly (404 | 409 | 413 | 415)[];
}

/** Descriptions by controller and method, as in `Documents_upload`. */
export type RouteDescriptions = Readonly<Record<string, RouteDescription>>;
