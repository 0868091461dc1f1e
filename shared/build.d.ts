/** True in QA builds; release builds replace it by false, so that QA code is left out of them. */
declare const __QA__: boolean;
/**
 * The account service that the build belongs to, from the environment of the build; null: the one
 * inside the app. Checked by `ConfiguredService` (electron/account/trust.ts).
 */
declare const __SERVICE__: unknown;
