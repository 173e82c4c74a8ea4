/** The turn of a model that says nothing and counts two tokens. */
export const answered = [
  {
    type: 'response.completed',
    sequence_number: 0,
    response: {
      id: 'r',
      object: 'response',
      status: 'completed',
      output: [],
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
  },
];
