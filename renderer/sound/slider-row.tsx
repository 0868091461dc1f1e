import { Slider } from '../ui/slider.tsx';

/** A slider between any two bounds, with its name before and its value behind it. */
export function SliderRow({
  label,
  value,
  minimum,
  maximum,
  step,
  disabled = false,
  describe,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly disabled?: boolean;
  readonly describe: (value: number) => string;
  readonly onChange: (value: number) => void;
}) {
  // The slider counts its steps from 0, so that no value is a fraction off.
  const valueAt = (steps: number) => Math.round((minimum + steps * step) * 100) / 100;
  return (
    <div className="sound-row">
      <span aria-hidden>{label}</span>
      <Slider
        label={label}
        value={(value - minimum) / step}
        maximum={Math.round((maximum - minimum) / step)}
        disabled={disabled}
        describe={(steps) => describe(valueAt(steps))}
        onChange={(steps) => onChange(valueAt(steps))}
      />
      <span className="sound-value tabular" aria-hidden>
        {describe(value)}
      </span>
    </div>
  );
}
