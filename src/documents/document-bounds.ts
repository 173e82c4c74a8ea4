/** Characters of a title. */
export const MAX_TITLE = 300;
/** Characters of a source that somebody names. */
export const MAX_SOURCE = 1000;
/** Of a source, in UTF-8: with the tenant it has to fit into the entry of an index. */
export const MAX_SOURCE_BYTES = 1900;
