import { Input, Label, NumberField as AriaNumberField } from 'react-aria-components';
import './text-field.css';

/** A whole number within bounds, its label above. What is no number becomes the nearest one. */
export function NumberField({
  label,
  value,
  minimum,
  maximum,
  autoFocus = false,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly autoFocus?: boolean;
  readonly onChange: (value: number) => void;
}) {
  return (
    <AriaNumberField
      className="ui-field"
      value={value}
      minValue={minimum}
      maxValue={maximum}
      autoFocus={autoFocus}
      onChange={(changed) => {
        if (!Number.isNaN(changed)) onChange(changed);
      }}
    >
      <Label className="ui-field-label">{label}</Label>
      <Input className="ui-field-input tabular" />
    </AriaNumberField>
  );
}
