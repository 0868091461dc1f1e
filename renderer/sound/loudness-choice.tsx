import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useWords } from '../stores.ts';
import { SliderRow } from './slider-row.tsx';
import { useSound } from './use-sound.ts';

const modes = ['off', 'auto', 'track', 'album'] as const;
const mostPreampDecibels = 15;

/** What brings tracks to one level. */
export function LoudnessChoice() {
  const { sound: words } = useWords();
  const [{ gainMode, preampDecibels }, change] = useSound();
  return (
    <div className="sound-rows">
      <p>{words.loudnessText}</p>
      <RadioGroup
        className="sound-modes"
        orientation="horizontal"
        value={gainMode}
        onChange={(chosen) => {
          const mode = modes.find((candidate) => candidate === chosen);
          if (mode !== undefined) change({ gainMode: mode });
        }}
      >
        <Label className="sound-modes-label">{words.gainMode}</Label>
        {modes.map((mode) => (
          <RadioField key={mode} value={mode}>
            <RadioButton className="sound-mode">{words.gainModes[mode]}</RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      <SliderRow
        label={words.preamp}
        value={preampDecibels}
        minimum={-mostPreampDecibels}
        maximum={mostPreampDecibels}
        step={0.5}
        disabled={gainMode === 'off'}
        describe={words.decibels}
        onChange={(decibels) => change({ preampDecibels: decibels })}
      />
      <p className="sound-note">{words.preampText}</p>
    </div>
  );
}
