import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';

/**
 * A modal dialog named by its title. Escape and a click outside call `onClose`, unless it is an
 * `alertdialog`, which waits for an answer.
 */
export function Dialog({
  title,
  onClose,
  role = 'dialog',
  wide = false,
  children,
  actions,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly role?: 'dialog' | 'alertdialog';
  readonly wide?: boolean;
  readonly children: ReactNode;
  /** Buttons, the chosen way last: there is always a way out that can be seen. */
  readonly actions: ReactNode;
}) {
  const answerable = role === 'dialog';
  return (
    <ModalOverlay
      className="ui-dialog-scrim"
      isOpen
      isDismissable={answerable}
      isKeyboardDismissDisabled={!answerable}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className={`ui-dialog-box ${wide ? 'ui-dialog-wide' : ''}`}>
        <AriaDialog className="ui-dialog" role={role}>
          <Heading slot="title" className="ui-dialog-title">
            {title}
          </Heading>
          <div className="ui-dialog-body">{children}</div>
          <div className="ui-dialog-actions">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
