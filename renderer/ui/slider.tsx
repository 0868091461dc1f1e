import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';
import './slider.css';

/**
 * A slider whose handle shows under the pointer only.
 * @param props.onChange every step of a drag, for what follows at once (volume)
 * @param props.onCommit the end of a drag, and every step made by the keyboard or a screen reader
 * @param props.keyStep how far an arrow key moves
 * @param props.rail is drawn in the place of the plain one
 * @param props.describe the value in words, for screen readers
 */
export function Slider({
  label,
  value,
  maximum,
  step = 1,
  keyStep = step,
  disabled = false,
  className = '',
  rail,
  describe,
  onChange,
  onCommit,
}: {
  readonly label: string;
  readonly value: number;
  readonly maximum: number;
  readonly step?: number;
  readonly keyStep?: number;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly rail?: ReactNode;
  readonly describe: (value: number) => string;
  readonly onChange?: (value: number) => void;
  readonly onCommit?: (value: number) => void;
}) {
  const pointerHeld = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const shown = Math.min(value, maximum);

  // A native range input has no such attributes, yet that is what the outside reads.
  useLayoutEffect(() => {
    input.current?.setAttribute('aria-valuenow', String(Math.floor(shown)));
    input.current?.setAttribute('aria-valuetext', describe(shown));
  });

  function moveByKey(event: KeyboardEvent): void {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (direction === undefined || disabled || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const moved = Math.max(0, Math.min(maximum, shown + direction * keyStep));
    onChange?.(moved);
    onCommit?.(moved);
  }

  return (
    <div
      className={`ui-slider ${className}`}
      onKeyDownCapture={moveByKey}
      onPointerDownCapture={() => (pointerHeld.current = true)}
    >
      <AriaSlider
        aria-label={label}
        value={shown}
        maxValue={maximum}
        step={step}
        isDisabled={disabled}
        onChange={(moved: number) => {
          onChange?.(moved);
          if (!pointerHeld.current) onCommit?.(moved);
        }}
        onChangeEnd={(moved: number) => {
          if (pointerHeld.current) onCommit?.(moved);
          pointerHeld.current = false;
        }}
      >
        <SliderTrack className="ui-slider-track">
          {rail ?? (
            <div className="ui-slider-rail">
              <div
                className="ui-slider-fill"
                style={{ width: `${maximum > 0 ? (100 * shown) / maximum : 0}%` }}
              />
            </div>
          )}
          <SliderThumb className="ui-slider-thumb" inputRef={input} />
        </SliderTrack>
      </AriaSlider>
    </div>
  );
}
