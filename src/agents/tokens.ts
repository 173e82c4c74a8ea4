/** The model that answers: any `Model` of the agents SDK. */
export const CHATKIT_MODEL = Symbol('chatkit:model');

/** Options of the protocol core that a RespondService is made with, see ChatKitServerOptions. */
export const CHATKIT_SERVER_OPTIONS = Symbol('chatkit:respond-options');

/** What is known of the user beyond the token: a `ProfileProvider`. */
export const CHATKIT_PROFILE_PROVIDER = Symbol('chatkit:profile-provider');

/** What the organisation asks of the assistant: an `TenantInstructions`. */
export const CHATKIT_TENANT_INSTRUCTIONS = Symbol('chatkit:organisation-instructions');

/** Keeps what answers cost: a `UsageRecorder`. */
export const CHATKIT_USAGE_RECORDER = Symbol('chatkit:usage-recorder');
