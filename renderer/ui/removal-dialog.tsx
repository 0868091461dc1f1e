import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something is removed; what keeps it has the focus. */
export function RemovalDialog({
  title,
  cancel,
  remove,
  onRemove,
  onClose,
  children,
}: {
  readonly title: string;
  /** The words of its two buttons. */
  readonly cancel: string;
  readonly remove: string;
  readonly onRemove: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onPress={onClose}>
            {cancel}
          </Button>
          <Button
            look="danger"
            onPress={() => {
              onClose();
              onRemove();
            }}
          >
            {remove}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
