import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import './button.css';

interface Pressable {
  readonly onPress?: () => void;
  readonly disabled?: boolean;
  /** For automation and styling from outside; the look comes from `look`. */
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** `filled` is the one thing a screen wants pressed; there is at most one in view. */
export function Button({
  look = 'plain',
  icon: Icon,
  children,
  onPress,
  disabled = false,
  className = '',
  autoFocus = false,
  label,
  ref,
}: Pressable & {
  readonly look?: 'filled' | 'plain' | 'quiet' | 'danger';
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  readonly autoFocus?: boolean;
  /** Its name where the text alone would not tell enough, as one row's among others. */
  readonly label?: string;
}) {
  return (
    <AriaButton
      {...(ref && { ref })}
      {...(onPress && { onPress })}
      {...(label !== undefined && { 'aria-label': label })}
      autoFocus={autoFocus}
      isDisabled={disabled}
      className={`ui-button ui-button-${look} ${className}`}
    >
      {Icon && <Icon size={16} aria-hidden />}
      {children}
    </AriaButton>
  );
}

/** A button that shows an icon only; its label is its name and its tooltip. */
export function IconButton({
  label,
  icon: Icon,
  iconSize = 18,
  size = 'normal',
  pressed,
  active = false,
  filled = false,
  tooltip = label,
  onPress,
  disabled = false,
  className = '',
  ref,
}: Pressable & {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly iconSize?: number;
  readonly size?: 'small' | 'normal' | 'large';
  /** Set for a button that stays down: it becomes `aria-pressed`. */
  readonly pressed?: boolean;
  /** Shows the accent without saying `pressed`, for a button with more than two states. */
  readonly active?: boolean;
  /** Fills the icon's shape, e.g. a liked heart. */
  readonly filled?: boolean;
  /** Where the label alone would not tell enough, e.g. with the shortcut. */
  readonly tooltip?: string;
}) {
  return (
    <TooltipTrigger delay={700} closeDelay={0}>
      <AriaButton
        {...(ref && { ref })}
        {...(onPress && { onPress })}
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
        aria-label={label}
        isDisabled={disabled}
        className={`ui-icon-button ui-icon-button-${size} ${className}`}
        data-active={active || pressed === true || undefined}
      >
        <Icon size={iconSize} aria-hidden fill={filled ? 'currentColor' : 'none'} />
      </AriaButton>
      <Tooltip className="ui-tooltip" offset={6}>
        {tooltip}
      </Tooltip>
    </TooltipTrigger>
  );
}
