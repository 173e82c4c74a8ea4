import { InvalidRequestError, NotFoundError } from '../../chatkit/core/errors.js';
import { isStorableId } from '../../chatkit/core/text.js';
import { sqlState } from '../connection/connection-errors.js';

/** What row-level security answers to a write onto somebody else's row. */
const REFUSED_BY_POLICY = '42501';

type Thing = ConstructorParameters<typeof NotFoundError>[0];

/** An id that cannot have been stored is not found, like any other that is not there. */
export function known(what: Thing, id: string): void {
  if (!isStorableId(id)) throw new NotFoundError(what);
}

/** The row, which has to be there. */
export function found<T>(what: Thing, row: T | undefined): T {
  if (row === undefined) throw new NotFoundError(what);
  return row;
}

/** An id that is about to be stored has to be one the database can hold. */
export function storable(field: string, id: string): void {
  if (!isStorableId(id)) throw new InvalidRequestError('must be 1 to 256 characters of valid text', field);
}

/** What row-level security refuses is somebody else's, which is to say: not there. */
export function foreignIsNotFound(what: Thing): (error: unknown) => never {
  return (error) => {
    throw sqlState(error) === REFUSED_BY_POLICY ? new NotFoundError(what) : error;
  };
}
