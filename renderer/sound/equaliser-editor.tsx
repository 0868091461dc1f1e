import { ChevronDown, FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { automaticPreamp } from '../../shared/equaliser-curve.ts';
import { systemOutput } from '../../shared/sound-limits.ts';
import type { Equaliser, SoundOutput } from '../../shared/sound-settings.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { BandSlider } from './band-slider.tsx';
import { EqualiserCurve } from './equaliser-curve.tsx';
import { ExchangeDialog } from './exchange-dialog.tsx';
import { SliderRow } from './slider-row.tsx';
import { flatEqualiser, presetNames, presetOf, presets, tenBands } from './ten-bands.ts';
import { useSound } from './use-sound.ts';

const curveRate = 48_000;
const mostPreampDecibels = 15;
/** How far a band's slider goes, unless its band goes further. */
const sliderDecibels = 12;

/** The equaliser of the output that sounds. */
export function EqualiserEditor() {
  const { sound: words } = useWords();
  const [{ equalisers }, change] = useSound();
  const output = useOutput();
  const [isExchanging, setExchanging] = useState(false);
  const equaliser = equalisers[output.id] ?? flatEqualiser;
  const { on, bands, preampDecibels } = equaliser;
  const preset = presetOf(bands);
  const reach = Math.max(sliderDecibels, ...bands.map(({ decibels }) => Math.abs(decibels)));

  /** What is turned is wanted, so it is switched on with it. */
  function turn(changes: Partial<Equaliser>): void {
    change({ equalisers: { ...equalisers, [output.id]: { ...equaliser, on: true, ...changes } } });
  }

  return (
    <div className="sound-rows">
      <p>{words.equaliserFor(output.name === '' ? words.systemOutput : output.name)}</p>
      <div className="sound-actions">
        <Checkbox
          label={words.equaliserOn}
          checked={on}
          onChange={(checked) => turn({ on: checked })}
        />
        <MenuButton
          label={words.presets}
          button={
            <Button icon={ChevronDown}>{preset === null ? words.own : words.preset[preset]}</Button>
          }
          entries={presetNames.map((name) => ({
            label: words.preset[name],
            onAction: () => turn({ bands: tenBands(presets[name]), preampDecibels: null }),
          }))}
        />
        <Button
          look="quiet"
          disabled={preset === 'flat'}
          onPress={() => turn({ bands: tenBands(presets.flat), preampDecibels: null })}
        >
          {words.reset}
        </Button>
        <Button look="quiet" icon={FileInput} onPress={() => setExchanging(true)}>
          {words.exchange}
        </Button>
      </div>
      <div className={`equaliser ${on ? '' : 'equaliser-off'}`}>
        <EqualiserCurve bands={bands} />
        <div className="equaliser-bands" role="group" aria-label={words.bands}>
          {bands.map((band, index) => (
            <BandSlider
              key={index}
              band={band}
              reach={Math.ceil(reach)}
              onChange={(decibels) => turn({ bands: bands.with(index, { ...band, decibels }) })}
            />
          ))}
        </div>
      </div>
      <Checkbox
        label={words.preampAutomatic}
        checked={preampDecibels === null}
        onChange={(automatic) =>
          turn({ preampDecibels: automatic ? null : roundedPreamp(equaliser) })
        }
      />
      <SliderRow
        label={words.preamp}
        value={roundedPreamp(equaliser)}
        minimum={-mostPreampDecibels}
        maximum={mostPreampDecibels}
        step={0.1}
        disabled={preampDecibels === null}
        describe={words.decibels}
        onChange={(decibels) => turn({ preampDecibels: decibels })}
      />
      {isExchanging && (
        <ExchangeDialog
          equaliser={equaliser}
          onUse={(taken) => turn(taken)}
          onClose={() => setExchanging(false)}
        />
      )}
    </div>
  );
}

/** The listener's choice while it is there, else the system's own. */
function useOutput(): SoundOutput {
  const [{ output: chosen }] = useSound();
  const outputs = useStores('outputs', (store) => store.outputs);
  const look = useStores('outputs', (store) => store.look);
  useEffect(() => void look(), [look]);
  // None is known before the first look.
  const isThere = outputs.length === 0 || outputs.some(({ id }) => id === chosen.id);
  return isThere ? chosen : { id: systemOutput, name: '' };
}

/** Downwards where it is automatic: it shall never be too little. */
function roundedPreamp({ preampDecibels, bands }: Equaliser): number {
  return preampDecibels ?? Math.floor(automaticPreamp(bands, curveRate) * 10) / 10;
}
