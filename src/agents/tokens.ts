/** The model that answers: any `Model` of the agents SDK. */
export const MODEL = Symbol('chatkit:model');

/** Options of the protocol core that a RespondService is made with, see ChatKitServerOptions. */
export const RESPOND_OPTIONS = Symbol('chatkit:respond-options');

/** What is known of the user beyond the token: a `ProfileProvider`. */
export const PROFILE_PROVIDER = Symbol('chatkit:profile-provider');

/** What the organisation asks of the assistant: an `OrganisationInstructions`. */
export const ORGANISATION_INSTRUCTIONS = Symbol('chatkit:organisation-instructions');

/** Finds what fits a question among what the organisation has written: one `Retriever`, or several. */
export const RETRIEVER = Symbol('chatkit:retriever');

/** Keeps what answers cost: a `UsageRecorder`. */
export const USAGE_RECORDER = Symbol('chatkit:usage-recorder');
