/** The fewest bytes that documents may be allowed to inflate to: hostile ones take longer to reach more. */
export const INFLATED_BYTES = 1_048_576;
