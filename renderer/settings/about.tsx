import { useEffect, useState } from 'react';
import type { AboutView } from '../../shared/start.ts';
import { qaWords } from '../../shared/words/qa.ts';
import { useStores, useWords } from '../stores.ts';

/** The version, and honestly what it runs on. */
export function About() {
  const { settings: words } = useWords();
  const readAbout = useStores('settings', (settings) => settings.about);
  const [about, setAbout] = useState<AboutView | null>(null);

  useEffect(() => {
    void readAbout().then(setAbout);
  }, [readAbout]);

  if (about === null) return null;
  return (
    <div className="about">
      <p className="about-version">
        {words.version} {about.version}
        {__QA__ && about.qa && ` · ${qaWords.badge}`}
      </p>
      <p>{words.runsOn(about.electron, about.chromium, about.node)}</p>
      {about.standInRuntime && <p>{words.standIn}</p>}
    </div>
  );
}
