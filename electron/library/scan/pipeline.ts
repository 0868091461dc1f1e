/**
 * Results in the items' order, while the work on up to `width` of them goes on at once. Whoever
 * leaves early, by `break` or by a failure, leaves when all work that was begun is over.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // A failure is met when its turn comes; till then it must not end the process as unheard of.
      result.catch(() => undefined);
      running.push(result);
      const oldest = running.length < width ? undefined : running.shift();
      if (oldest !== undefined) yield await oldest;
    }
    for (let next = running.shift(); next !== undefined; next = running.shift()) yield await next;
  } finally {
    await Promise.allSettled(running);
  }
}

/** The same items, taken from their source as fast as it gives them, at most `most` ahead. */
export async function* readAhead<Item>(
  items: AsyncIterable<Item>,
  most: number,
): AsyncGenerator<Item> {
  const waiting: Item[] = [];
  const left = new AbortController();
  let wake = (): void => undefined;
  const source = { isDry: false };

  const pumping = pump();
  try {
    for (;;) {
      const item = waiting.shift();
      wake();
      if (item !== undefined) yield item;
      else if (source.isDry) break;
      else await sleep();
    }
    // Passes on what stopped the source.
    await pumping;
  } finally {
    left.abort();
    wake();
    await pumping.catch(() => undefined);
  }

  async function pump(): Promise<void> {
    try {
      for await (const item of items) {
        waiting.push(item);
        wake();
        while (waiting.length >= most && !left.signal.aborted) await sleep();
        if (left.signal.aborted) return;
      }
    } finally {
      source.isDry = true;
      wake();
    }
  }

  /** Until the other side moves. One side at most has reason to sleep: it is empty, or full. */
  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }
}

/** The result of `work`, which goes on unheard of when it takes longer. */
export async function withinSeconds<Result>(
  seconds: number,
  work: Promise<Result>,
): Promise<Result | 'too_long'> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'too_long'>((resolve) => {
    timer = setTimeout(() => resolve('too_long'), seconds * 1000);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
