import type { Measured } from '../../../shared/measured-sound.ts';
import type { FilePart } from '../../../shared/track-sound.ts';
import { musicOf } from '../decode/decode-track.ts';
import type { Piece } from '../decode/file-part.ts';
import { openMediaFile } from '../decode/media-file.ts';
import { analyseTrack } from './analyse-track.ts';
import type { FromAnalyser, ToAnalyser } from './analysis-messages.ts';
import { createPacer } from './pacer.ts';

const millisecondsBetweenSigns = 1000;

const pacer = createPacer(
  () => performance.now(),
  (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
);
/** Of the job under way. */
let abort = new AbortController();

addEventListener('message', (event: MessageEvent<ToAnalyser>) => {
  const message = event.data;
  switch (message.kind) {
    case 'analyse':
      void analyse(message);
      return;
    case 'pace':
      pacer.setPace(message.restPerWork);
      return;
    case 'cancel':
      abort.abort();
  }
});

async function analyse({
  job,
  url,
  part,
}: Extract<ToAnalyser, { kind: 'analyse' }>): Promise<void> {
  abort.abort();
  const { signal } = (abort = new AbortController());
  tell({ kind: 'progressed', job });
  const measured = await measure(url, part, job, signal).catch(() => undecodable);
  // What can't be read may have been unplugged: that is no fault of the file's.
  const away = measured === undecodable && !(await isThere(url, signal));
  if (!signal.aborted) tell({ kind: 'ended', job, measured: away ? missing : measured });
}

const undecodable: Measured = { kind: 'undecodable' };
const missing: Measured = { kind: 'missing' };

async function measure(
  url: string,
  part: FilePart | null,
  job: number,
  signal: AbortSignal,
): Promise<Measured> {
  const file = await openMediaFile(url, signal);
  const pieces = paced(musicOf(file, part, 0), job, signal);
  const { whole, ...analysis } = await analyseTrack(pieces);
  // Damaged files sound as far as they go, and so far they are measured.
  if (!whole && !(await isThere(url, signal))) return missing;
  return { kind: 'measured', ...analysis };
}

async function isThere(url: string, signal: AbortSignal): Promise<boolean> {
  return openMediaFile(url, signal).then(
    () => true,
    () => false,
  );
}

async function* paced(
  pieces: AsyncIterable<Piece>,
  job: number,
  signal: AbortSignal,
): AsyncGenerator<Piece, void, void> {
  let signedAt = performance.now();
  for await (const piece of pieces) {
    yield piece;
    await pacer.rest();
    if (signal.aborted) throw new Error('It is not wanted any more.');
    if (performance.now() - signedAt < millisecondsBetweenSigns) continue;
    signedAt = performance.now();
    tell({ kind: 'progressed', job });
  }
}

function tell(message: FromAnalyser): void {
  postMessage(message);
}
