import type { ReactNode } from 'react';
import { useWords } from '../stores.ts';
import { Page } from '../ui/page.tsx';
import { EqualiserEditor } from './equaliser-editor.tsx';
import { LoudnessChoice } from './loudness-choice.tsx';
import { PlayingChoices } from './playing-choices.tsx';
import './sound.css';

/**
 * How the music sounds.
 * @param props.children further sections, which other parts of the window own
 */
export function SoundScreen({ children }: { readonly children?: ReactNode }) {
  const { sound: words } = useWords();
  return (
    <Page title={words.title}>
      <SoundSection title={words.equaliser}>
        <EqualiserEditor />
      </SoundSection>
      <SoundSection title={words.playing}>
        <PlayingChoices />
      </SoundSection>
      <SoundSection title={words.loudness}>
        <LoudnessChoice />
      </SoundSection>
      {children}
    </Page>
  );
}

function SoundSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="sound-section" aria-label={title}>
      <h2 className="sound-heading">{title}</h2>
      {children}
    </section>
  );
}
