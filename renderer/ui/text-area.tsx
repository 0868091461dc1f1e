import { Label, TextArea as AriaTextArea, TextField } from 'react-aria-components';
import './text-field.css';

/** Several lines of text with their label above. */
export function TextArea({
  label,
  value,
  onChange,
  placeholder = '',
  maximumLength,
  rows,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maximumLength: number;
  /** Lines that are shown at once. */
  readonly rows: number;
}) {
  return (
    <TextField className="ui-field" value={value} onChange={onChange} maxLength={maximumLength}>
      <Label className="ui-field-label">{label}</Label>
      <AriaTextArea
        className="ui-field-input ui-field-area"
        rows={rows}
        placeholder={placeholder}
        // Enter begins a line here, and Escape still closes what stands around.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.stopPropagation();
        }}
      />
    </TextField>
  );
}
