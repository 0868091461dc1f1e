/** Says of itself only that it can be loaded; what it holds is described where it is used. */
declare module 'signalsmith-stretch';
