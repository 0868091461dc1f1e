// What a test puts into the page: see rendered-effects.ts.
export { createEffects } from '../../renderer/audio/effects/effects.ts';
export { loadLimiter } from '../../renderer/audio/effects/limiter-node.ts';
