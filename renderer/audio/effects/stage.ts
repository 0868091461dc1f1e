/** A piece of the way, from its input to its output. */
export interface Stage<Wanted> {
  readonly input: AudioNode;
  readonly output: AudioNode;
  /** Goes there smoothly; nothing but its values may differ. */
  readonly turn: (wanted: Wanted) => void;
}
