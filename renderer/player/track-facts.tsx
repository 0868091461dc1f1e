import { useEffect, useState } from 'react';
import type { TrackDetails } from '../../shared/track-details.ts';
import type { Track } from '../../shared/track.ts';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { clockText } from '../ui/clock-text.ts';

/** What there is to know of the track that plays: its row, and what its file says beyond it. */
export function TrackFacts({ track }: { readonly track: Track }) {
  const { nowPlaying: words } = useWords();
  const details = useDetails(track);
  const facts: readonly (readonly [string, string | number | null])[] = [
    [words.year, track.year],
    [words.genre, track.genre],
    [words.composer, details.composers?.join(', ') ?? ''],
    [words.label, details.label ?? ''],
    [words.length, clockText(track.seconds)],
    [words.format, soundText(track, details, words)],
    [words.plays, track.plays],
  ];
  return (
    <>
      <dl className="now-panel-facts">
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="tabular">{value}</dd>
            </div>
          ))}
      </dl>
      {details.lyrics !== undefined && (
        <section className="now-panel-lyrics">
          <h3 className="now-panel-next-head">{words.lyrics}</h3>
          <p>{withoutTimes(details.lyrics)}</p>
        </section>
      )}
    </>
  );
}

const nothing: TrackDetails = {};

/** Empty until they are known: a panel of another track's details would lie. */
function useDetails({ id }: Track): TrackDetails {
  const readDetails = useStores('session', (session) => session.readDetails);
  const [known, setKnown] = useState({ id: 0, details: nothing });
  useEffect(() => {
    readDetails(id).then(
      (details) => setKnown({ id, details: details ?? nothing }),
      // The row alone will do.
      () => undefined,
    );
  }, [id, readDetails]);
  return known.id === id ? known.details : nothing;
}

/** "FLAC · 44.1 kHz · 16 bit", "MP3 · 44.1 kHz · 245 kbit/s". */
function soundText(
  { format, lossless }: Track,
  { codec, sampleRate, bitDepth, bitRate }: TrackDetails,
  words: Words['nowPlaying'],
): string {
  const name = format === 'm4a' ? (codec ?? format) : format;
  return [
    name.toUpperCase(),
    sampleRate === undefined ? '' : words.kilohertz(sampleRate / 1000),
    bitDepth === undefined || !lossless ? '' : words.bits(bitDepth),
    bitRate === undefined || lossless ? '' : words.kilobits(Math.round(bitRate / 1000)),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Lyrics may carry the time of each line: "[01:12.40] …". */
function withoutTimes(lyrics: string): string {
  return lyrics.replaceAll(/^(?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\] ?)+/gm, '');
}
