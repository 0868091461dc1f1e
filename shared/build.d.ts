/** True in QA builds; release builds replace it by false, so that QA code is left out of them. */
declare const __QA__: boolean;
