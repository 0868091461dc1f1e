import { Activity, Eye, ListTree } from 'lucide-react';
import { useState } from 'react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { MetricsLevel } from '../../shared/metrics.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './noted.css';

const levels: readonly MetricsLevel[] = [0, 1, 2];

/** Whether anything of what is noted may leave this machine, and the ways to see all of it. */
export function NotedChoice() {
  const { noted: words, shell } = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const level = useStores('settings', ({ settings }) => settings.metricsLevel);
  const change = useStores('settings', (settings) => settings.change);
  const readPreview = useStores('noted', (noted) => noted.preview);
  const [preview, setPreview] = useState<string | null>(null);
  return (
    <>
      <p>{words.intro}</p>
      <RadioGroup
        className="noted-levels"
        value={String(level)}
        onChange={(chosen) => {
          const known = levels.find((candidate) => String(candidate) === chosen);
          if (known !== undefined) void change({ metricsLevel: known });
        }}
      >
        <Label className="settings-label">{words.level}</Label>
        {levels.map((one) => (
          <RadioField key={one} value={String(one)}>
            <RadioButton className="noted-level">
              <span className="noted-dot" aria-hidden />
              <span className="noted-level-name">{words.levels[one]}</span>
              <span className="noted-level-text">{words.levelTexts[one]}</span>
            </RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      <div className="folders-actions">
        <Button icon={ListTree} onPress={() => go({ screen: 'noted' })}>
          {words.open}
        </Button>
        <Button icon={Activity} look="quiet" onPress={() => go({ screen: 'figures' })}>
          {words.figures}
        </Button>
        <Button
          icon={Eye}
          look="quiet"
          onPress={() => void readPreview(level === 0 ? 2 : level).then(setPreview)}
        >
          {words.preview}
        </Button>
      </div>
      {preview !== null && (
        <Dialog
          title={words.preview}
          wide
          onClose={() => setPreview(null)}
          actions={<Button onPress={() => setPreview(null)}>{shell.close}</Button>}
        >
          <p>{words.previewText(words.levels[level === 0 ? 2 : level])}</p>
          <pre className="noted-json" tabIndex={0} role="region" aria-label={words.preview}>
            {preview}
          </pre>
        </Dialog>
      )}
    </>
  );
}
