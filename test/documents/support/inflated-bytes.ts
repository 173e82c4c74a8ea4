/** Bytes that documents may inflate to where hostile ones are read; by default they may to more, which takes longer. */
export const INFLATED_BYTES = 4_194_304;
