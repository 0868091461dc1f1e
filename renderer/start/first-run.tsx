import type { LucideIcon } from 'lucide-react';
import { FolderOpen, Music2 } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useStores, useWords } from '../stores.ts';
import './start.css';

/** What an empty library opens with: two ways to music, and a third by dropping a folder. */
export function FirstRun() {
  const { firstRun: words } = useWords();
  const chooseFolder = useStores('library', (library) => library.chooseFolder);
  const addSample = useStores('library', (library) => library.addSample);
  return (
    <div className="start">
      <div className="start-box">
        <h1 className="start-title">{words.title}</h1>
        <p className="start-text">{words.text}</p>
        <div className="start-ways">
          <Way
            icon={FolderOpen}
            title={words.choose}
            text={words.chooseText}
            onPress={chooseFolder}
          />
          <Way icon={Music2} title={words.sample} text={words.sampleText} onPress={addSample} />
        </div>
        <p className="start-drop">{words.drop}</p>
      </div>
    </div>
  );
}

function Way({
  icon: Icon,
  title,
  text,
  onPress,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly onPress: () => Promise<unknown>;
}) {
  return (
    <Button className="start-way" onPress={() => void onPress()}>
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <span className="start-way-title">{title}</span>
      <span className="start-way-text">{text}</span>
    </Button>
  );
}
