// Apart from the schemas: the thread that reads a document needs a number, and loading them takes longer than reading.

/** Longest id that is looked up at all. */
export const MAX_ID_LENGTH = 256;
