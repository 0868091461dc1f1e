import { Check, Minus } from 'lucide-react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import './checkbox.css';

/** @param props.mixed neither on nor off, until it is pressed */
export function Checkbox({
  label,
  checked,
  mixed = false,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly mixed?: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <CheckboxField isSelected={checked} isIndeterminate={mixed} onChange={onChange}>
      <CheckboxButton className="ui-checkbox">
        <span className="ui-checkbox-box" aria-hidden>
          {mixed ? <Minus size={12} /> : checked ? <Check size={12} strokeWidth={3} /> : null}
        </span>
        {label}
      </CheckboxButton>
    </CheckboxField>
  );
}
