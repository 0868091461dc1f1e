import { Search, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import {
  Button,
  Input,
  Label,
  SearchField as AriaSearchField,
  TextField as AriaTextField,
} from 'react-aria-components';
import './text-field.css';

interface Field {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maximumLength: number;
  readonly autoFocus?: boolean;
  readonly onSubmit?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** One line of text with its label above. Enter calls `onSubmit`. */
export function TextField({
  label,
  value,
  onChange,
  placeholder = '',
  maximumLength,
  autoFocus = false,
  onSubmit,
  ref,
}: Field) {
  return (
    <AriaTextField
      className="ui-field"
      value={value}
      onChange={onChange}
      maxLength={maximumLength}
      autoFocus={autoFocus}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSubmit?.();
        // What stands around has its own keys, such as Escape of a dialog.
        else event.continuePropagation();
      }}
    >
      <Label className="ui-field-label">{label}</Label>
      <Input {...(ref && { ref })} className="ui-field-input" placeholder={placeholder} />
    </AriaTextField>
  );
}

/** A search box: Escape empties it, Enter calls `onSubmit`. */
export function SearchField({
  label,
  clearLabel,
  value,
  onChange,
  placeholder = '',
  maximumLength,
  autoFocus = false,
  onSubmit,
  onKeyDown,
  ref,
}: Field & {
  readonly clearLabel: string;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}) {
  return (
    <AriaSearchField
      className="ui-search"
      aria-label={label}
      value={value}
      onChange={onChange}
      maxLength={maximumLength}
      autoFocus={autoFocus}
      {...(onSubmit && { onSubmit })}
    >
      <Search size={16} aria-hidden />
      <Input
        {...(ref && { ref })}
        {...(onKeyDown && { onKeyDown })}
        className="ui-search-input"
        placeholder={placeholder}
      />
      {value !== '' && (
        <Button className="ui-search-clear" aria-label={clearLabel}>
          <X size={14} aria-hidden />
        </Button>
      )}
    </AriaSearchField>
  );
}
