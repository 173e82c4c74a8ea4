/** The model that answers: any `Model` of the agents SDK. */
export const MODEL = Symbol('chatkit:model');

/** Options of the protocol core that a RespondService is made with, see ChatKitServerOptions. */
export const RESPOND_OPTIONS = Symbol('chatkit:respond-options');
