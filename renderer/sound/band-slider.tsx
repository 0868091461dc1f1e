import { useLayoutEffect, useRef } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { EqualiserBand } from '../../shared/sound-settings.ts';
import { useWords } from '../stores.ts';

/**
 * One band's gain, upright.
 * @param props.reach decibels to each side
 */
export function BandSlider({
  band,
  reach,
  onChange,
}: {
  readonly band: EqualiserBand;
  readonly reach: number;
  readonly onChange: (decibels: number) => void;
}) {
  const { sound: words } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const { decibels, kind, hertz } = band;
  const shelf = kind === 'peak' ? '' : words.shelf[kind];

  useLayoutEffect(() => {
    input.current?.setAttribute('aria-valuetext', words.decibels(decibels));
  });

  const share = (decibels + reach) / (2 * reach);
  return (
    <div className="band" {...(shelf !== '' && { title: shelf })}>
      <span className="band-value tabular" aria-hidden>
        {words.decibels(decibels).replace(' dB', '')}
      </span>
      <Slider
        aria-label={words.bandName(hertz, shelf)}
        orientation="vertical"
        minValue={-reach}
        maxValue={reach}
        step={0.5}
        value={decibels}
        onChange={onChange}
      >
        <SliderTrack className="band-track" onDoubleClick={() => onChange(0)}>
          <div className="band-rail" />
          <div
            className="band-fill"
            style={{
              bottom: `${100 * Math.min(share, 0.5)}%`,
              height: `${100 * Math.abs(share - 0.5)}%`,
            }}
          />
          <SliderThumb className="band-thumb" inputRef={input} />
        </SliderTrack>
      </Slider>
      <span className="band-name tabular" aria-hidden>
        {words.band(hertz).replace(' Hz', '').replace(' kHz', 'k')}
      </span>
    </div>
  );
}
