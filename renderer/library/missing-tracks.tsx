import { FileQuestion } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { MissingTracks } from '../../shared/library.ts';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useAnswer } from './answers.ts';
import './missing-tracks.css';

/** A quiet line in the rail, until the listener has said what to do about tracks that are missing. */
export function MissingLine() {
  const { missing: words } = useWords();
  const { value: all = [] } = useAnswer('library.missing');
  const [first] = all.filter(({ isNews }) => isNews);
  const [isAsked, setAsked] = useState(false);
  if (first === undefined) return null;
  return (
    <>
      <AriaButton
        className="missing-line"
        aria-label={words.found(first.tracks)}
        onPress={() => setAsked(true)}
      >
        <FileQuestion size={16} aria-hidden />
        <span className="rail-word ellipsis">{words.found(first.tracks)}</span>
      </AriaButton>
      {isAsked && <MissingDialog missing={first} onClose={() => setAsked(false)} />}
    </>
  );
}

/** The same for every source, also for those whose tracks were kept before. */
export function MissingNotes() {
  const words = useWords();
  const { value: all = [] } = useAnswer('library.missing');
  const [asked, setAsked] = useState<MissingTracks | null>(null);
  if (all.length === 0) return null;
  return (
    <ul className="missing-notes">
      {all.map((missing) => (
        <li key={missing.source} className="missing-note">
          <FileQuestion size={18} aria-hidden />
          <span className="ellipsis">
            {words.missing.found(missing.tracks)} · {nameOf(missing, words)}
          </span>
          <Button look="quiet" onPress={() => setAsked(missing)}>
            {words.missing.review}
          </Button>
        </li>
      ))}
      {asked !== null && <MissingDialog missing={asked} onClose={() => setAsked(null)} />}
    </ul>
  );
}

function MissingDialog({
  missing: { source, tracks, kept, examples, ...named },
  onClose,
}: {
  readonly missing: MissingTracks;
  readonly onClose: () => void;
}) {
  const all = useWords();
  const words = all.missing;
  const keep = useStores('library', (library) => library.keepMissing);
  const letGo = useStores('library', (library) => library.letGo);
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button
            look="danger"
            onPress={() => {
              onClose();
              void letGo(source);
            }}
          >
            {words.letGo(tracks)}
          </Button>
          <Button
            look="filled"
            autoFocus
            onPress={() => {
              onClose();
              void keep(source);
            }}
          >
            {words.keep}
          </Button>
        </>
      }
    >
      <p>{words.text(tracks, nameOf(named, all))}</p>
      <p className="missing-more">{words.letGoText}</p>
      {kept > 0 && <p className="missing-more">{words.kept(kept)}</p>}
      <h3 className="missing-examples-title">{words.examples}</h3>
      <ul className="missing-examples" aria-label={words.examples}>
        {examples.map((path) => (
          <li key={path} className="ellipsis" title={path}>
            {path}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function nameOf({ sample, path }: Pick<MissingTracks, 'sample' | 'path'>, words: Words): string {
  return sample ? words.library.sampleFolder : path;
}
