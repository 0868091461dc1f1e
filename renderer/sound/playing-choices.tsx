import { leastSpeed, mostCrossfadeSeconds, mostSpeed } from '../../shared/sound-limits.ts';
import { useWords } from '../stores.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { SliderRow } from './slider-row.tsx';
import { useSound } from './use-sound.ts';

/** Speed, balance and what happens between tracks. */
export function PlayingChoices() {
  const { sound: words } = useWords();
  const [sound, change] = useSound();
  return (
    <div className="sound-rows">
      <SliderRow
        label={words.speed}
        value={sound.speed}
        minimum={leastSpeed}
        maximum={mostSpeed}
        step={0.05}
        describe={words.speedTimes}
        onChange={(speed) => change({ speed })}
      />
      <SliderRow
        label={words.balance}
        value={sound.balance}
        minimum={-1}
        maximum={1}
        step={0.05}
        describe={words.balanceAt}
        onChange={(balance) => change({ balance })}
      />
      <SliderRow
        label={words.crossfade}
        value={sound.crossfadeSeconds}
        minimum={0}
        maximum={mostCrossfadeSeconds}
        step={1}
        describe={words.seconds}
        onChange={(crossfadeSeconds) => change({ crossfadeSeconds })}
      />
      <p className="sound-note">{words.crossfadeText}</p>
      <Checkbox
        label={words.fadeOnPause}
        checked={sound.fadeOnPause}
        onChange={(fadeOnPause) => change({ fadeOnPause })}
      />
      <Checkbox
        label={words.pauseWhenUnplugged}
        checked={sound.pauseWhenUnplugged}
        onChange={(pauseWhenUnplugged) => change({ pauseWhenUnplugged })}
      />
      <Checkbox label={words.mono} checked={sound.mono} onChange={(mono) => change({ mono })} />
    </div>
  );
}
