import type { ReactNode } from 'react';
import { assertNever } from '../../shared/errors.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { isChanged } from './draft.ts';
import type { EditStep } from './editing-store.ts';
import { PreviewList } from './preview-list.tsx';
import { RefusedList } from './refused-list.tsx';
import { TagForm } from './tag-form.tsx';
import './editing.css';

/** The tag editor: a form, what it would change, and the writing. */
export function EditingDialog() {
  const step = useStores('editing', (editing) => editing.step);
  return step && <EditingSteps step={step} />;
}

function EditingSteps({ step }: { readonly step: EditStep }) {
  const words = useWords().editing;
  const form = useStores('editing', (editing) => editing.form);
  const close = useStores('editing', (editing) => editing.close);
  const title = form === null ? words.ratingsTitle : words.title(form.ids.length);
  const isReading = step.kind === 'reading' || step.kind === 'too_many';
  return (
    <Dialog
      title={isReading ? words.title(1) : title}
      wide
      // What is being written ends by its own button, not by a click beside it.
      onClose={step.kind === 'writing' ? () => undefined : close}
      actions={<StepActions step={step} />}
    >
      <StepBody step={step} />
    </Dialog>
  );
}

function StepBody({ step }: { readonly step: EditStep }): ReactNode {
  const words = useWords().editing;
  const form = useStores('editing', (editing) => editing.form);
  switch (step.kind) {
    case 'reading':
      return <Progress label={words.reading} />;
    case 'too_many':
      return <p>{words.tooMany}</p>;
    case 'form':
      return form && <TagForm form={form} />;
    case 'looking':
      return <Progress label={words.looking} />;
    case 'preview':
      return <PreviewList preview={step.preview} />;
    case 'writing':
      return <Progress label={words.write} />;
    case 'done':
      return (
        <>
          {step.result.cancelled && <p>{words.stopped(step.result.written)}</p>}
          <RefusedList refused={step.result.refused} />
        </>
      );
    default:
      return assertNever(step);
  }
}

function StepActions({ step }: { readonly step: EditStep }): ReactNode {
  const words = useWords().editing;
  const { form, draft, look, back, close } = useStores('editing', (editing) => editing);
  const write = useWriting();
  switch (step.kind) {
    case 'form':
      return (
        <>
          <Button look="quiet" onPress={close}>
            {words.cancel}
          </Button>
          <Button
            look="filled"
            disabled={form === null || !isChanged(draft, form.sheet)}
            onPress={() => void look()}
          >
            {words.preview}
          </Button>
        </>
      );
    case 'preview':
      return (
        <>
          <Button look="quiet" onPress={form === null ? close : back}>
            {form === null ? words.cancel : words.back}
          </Button>
          <Button
            look="filled"
            autoFocus
            disabled={step.preview.changing === 0}
            onPress={() => void write()}
          >
            {words.write}
          </Button>
        </>
      );
    case 'writing':
      return <Button onPress={close}>{words.stop}</Button>;
    case 'reading':
    case 'looking':
      return <Button onPress={close}>{words.cancel}</Button>;
    case 'too_many':
    case 'done':
      return (
        <Button look="filled" autoFocus onPress={close}>
          {words.close}
        </Button>
      );
    default:
      return assertNever(step);
  }
}

/** Writes, and follows an album that is another one afterwards. */
function useWriting(): () => Promise<void> {
  const write = useStores('editing', (editing) => editing.write);
  const route = useStores('shell', (shell) => shell.route);
  const go = useStores('shell', (shell) => shell.go);
  return async () => {
    const moved = await write(route.screen === 'album' ? route.id : null);
    if (moved !== null) go({ screen: 'album', id: moved });
  };
}

function Progress({ label }: { readonly label: string }) {
  const words = useWords().editing;
  const progress = useStores('editing', (editing) => editing.progress);
  return (
    <div className="editing-progress" role="status">
      <progress
        aria-label={label}
        {...(progress !== null && { value: progress.done, max: progress.total })}
      />
      <span className="tabular">
        {progress === null ? label : words.writing(progress.done, progress.total)}
      </span>
    </div>
  );
}
