/** Where the database reports what happens to it. Messages hold no secrets and nothing of users. */
export interface StoreLogger {
  log(message: string): void;
  warn(message: string): void;
}
