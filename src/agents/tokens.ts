/** The model that answers: any `Model` of the agents SDK. */
export const CHATKIT_MODEL = Symbol('chatkit:model');

/** What is known of the user beyond the token: a `ProfileProvider`. */
export const CHATKIT_PROFILE_PROVIDER = Symbol('chatkit:profile-provider');

/** What the organisation asks of the assistant: an `TenantInstructions`. */
export const CHATKIT_TENANT_INSTRUCTIONS = Symbol('chatkit:organisation-instructions');

/** Says who may have an answer: an `AnswerBudget`. */
export const CHATKIT_ANSWER_BUDGET = Symbol('chatkit:answer-budget');

/** Keeps what answers cost: a `UsageRecorder`. */
export const CHATKIT_USAGE_RECORDER = Symbol('chatkit:usage-recorder');
