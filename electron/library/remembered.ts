/** Answers that hold until the library changes; the oldest give way when there are too many. */
export interface Remembered<Value> {
  readonly remember: (key: string, make: () => Value) => Value;
  readonly has: (key: string) => boolean;
  readonly forget: () => void;
}

export function createRemembered<Value>(most: number): Remembered<Value> {
  const answers = new Map<string, Value>();
  return {
    remember(key, make) {
      const known = answers.get(key);
      if (known !== undefined) return known;
      const made = make();
      const [oldest] = answers.keys();
      if (answers.size >= most && oldest !== undefined) answers.delete(oldest);
      answers.set(key, made);
      return made;
    },
    has: (key) => answers.has(key),
    forget: () => answers.clear(),
  };
}
