/** Apart from the schemas, which the window does without. */

/** Longest crossfade, in seconds. */
export const mostCrossfadeSeconds = 12;

/** Bounds of the playing speed; 1: as recorded. */
export const leastSpeed = 0.5;
export const mostSpeed = 3;

/** The system's own choice of output, wherever an output's id is asked for. */
export const systemOutput = '';
