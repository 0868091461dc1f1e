import { Star, X } from 'lucide-react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { IconButton } from './button.tsx';
import './stars.css';

const mostStars = [1, 2, 3, 4, 5] as const;

/** A choice of one to five stars, or none. */
export function Stars({
  label,
  value,
  nameOf,
  noneLabel,
  onChange,
}: {
  readonly label: string;
  /** 0: none. */
  readonly value: number;
  readonly nameOf: (stars: number) => string;
  readonly noneLabel: string;
  readonly onChange: (stars: number) => void;
}) {
  return (
    <div className="ui-stars">
      <RadioGroup
        className="ui-stars-group"
        aria-label={label}
        orientation="horizontal"
        value={value === 0 ? null : String(value)}
        onChange={(chosen) => onChange(Number(chosen))}
      >
        {mostStars.map((stars) => (
          <RadioField key={stars} value={String(stars)}>
            <RadioButton className="ui-star" data-lit={stars <= value || undefined}>
              <Star size={18} aria-hidden fill={stars <= value ? 'currentColor' : 'none'} />
              <span className="sr-only">{nameOf(stars)}</span>
            </RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      {value > 0 && (
        <IconButton
          label={noneLabel}
          icon={X}
          iconSize={14}
          size="small"
          onPress={() => onChange(0)}
        />
      )}
    </div>
  );
}
