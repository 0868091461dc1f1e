import { RotateCcw, X } from 'lucide-react';
import { fieldsOfLines, fieldsOfNames, type TagField } from '../../shared/tag-fields.ts';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { CoverChoice } from './cover-choice.tsx';
import { isChanged, textOf } from './draft.ts';
import type { EditForm } from './editing-store.ts';
import { RefusedList } from './refused-list.tsx';

const longestLine = 1000;
const longestPassage = 64 * 1024;

/** Every field of the tracks together; what differs among them says so, and stays unless it is typed over. */
export function TagForm({ form }: { readonly form: EditForm }) {
  const words = useWords().editing;
  const invalid = useStores('editing', (editing) => editing.invalid);
  const { sheet, ids } = form;
  if (sheet.tracks === 0) return <RefusedList refused={sheet.refused} />;
  return (
    <div className="editing-form">
      {invalid !== null && (
        <p role="alert" className="editing-alert">
          {words.invalid(words.fields[invalid])}
        </p>
      )}
      {sheet.waiting > 0 && <p className="editing-note">{words.waitingNow(sheet.waiting)}</p>}
      <div className="editing-head">
        <CoverChoice sheet={sheet} />
        <div className="editing-fields">
          <Field form={form} field="title" isFirst />
          <Field form={form} field="artists" />
          <Field form={form} field="album" />
          <Field form={form} field="albumArtists" />
        </div>
      </div>
      <div className="editing-row">
        <Field form={form} field="track" />
        <Field form={form} field="tracks" />
        <Field form={form} field="disc" />
        <Field form={form} field="discs" />
      </div>
      {ids.length > 1 && <NumberInOrder />}
      <div className="editing-row">
        <Field form={form} field="date" />
        <Field form={form} field="originalDate" />
        <Field form={form} field="bpm" />
      </div>
      <div className="editing-row">
        <Field form={form} field="genres" />
        <Field form={form} field="composers" />
      </div>
      <Compilation form={form} />
      <Field form={form} field="comment" />
      <Field form={form} field="lyrics" />
      <h3 className="editing-heading">{words.sorting}</h3>
      <div className="editing-row">
        <Field form={form} field="titleSort" />
        <Field form={form} field="artistSort" />
      </div>
      <div className="editing-row">
        <Field form={form} field="albumSort" />
        <Field form={form} field="albumArtistSort" />
      </div>
      <RefusedList refused={sheet.refused} />
    </div>
  );
}

function Field({
  form: { sheet },
  field,
  isFirst = false,
}: {
  readonly form: EditForm;
  readonly field: TagField;
  readonly isFirst?: boolean;
}) {
  const words = useWords().editing;
  const { draft, change, look } = useStores('editing', (editing) => editing);
  const isVaried = sheet.fields[field].kind === 'varied';
  const typed = draft.texts[field];
  const shared = {
    label: words.fields[field],
    value: typed ?? textOf(sheet, field),
    onChange: (text: string) => change({ texts: { ...draft.texts, [field]: text } }),
    placeholder: placeholderOf(),
  };

  function placeholderOf(): string {
    if (isVaried) return typed === undefined ? words.various : words.coverRemoved;
    if (fieldsOfNames.has(field)) return words.hint.names;
    return field === 'date' ? words.hint.date : '';
  }

  function forget(): void {
    const others = Object.entries(draft.texts).filter(([name]) => name !== field);
    change({ texts: Object.fromEntries(others) });
  }

  return (
    <div className="editing-field">
      {fieldsOfLines.has(field) ? (
        <TextArea {...shared} maximumLength={longestPassage} rows={field === 'lyrics' ? 4 : 2} />
      ) : (
        <TextField
          {...shared}
          maximumLength={longestLine}
          autoFocus={isFirst}
          onSubmit={() => {
            if (isChanged(draft, sheet)) void look();
          }}
        />
      )}
      {typed !== undefined ? (
        <FieldButton
          icon={RotateCcw}
          label={`${words.keepCover}: ${shared.label}`}
          onPress={forget}
        />
      ) : (
        isVaried && (
          <FieldButton
            icon={X}
            label={`${words.removeCover}: ${shared.label}`}
            onPress={() => shared.onChange('')}
          />
        )
      )}
    </div>
  );
}

function FieldButton(props: Pick<Parameters<typeof IconButton>[0], 'icon' | 'label' | 'onPress'>) {
  return <IconButton {...props} iconSize={14} size="small" className="editing-field-button" />;
}

function NumberInOrder() {
  const words = useWords().editing;
  const { draft, change } = useStores('editing', (editing) => editing);
  return (
    <Checkbox
      label={words.numberInOrder}
      checked={draft.numbers}
      onChange={(numbers) => change({ numbers })}
    />
  );
}

function Compilation({ form: { sheet } }: { readonly form: EditForm }) {
  const words = useWords().editing;
  const { draft, change } = useStores('editing', (editing) => editing);
  const found = sheet.fields.compilation.kind;
  const typed = draft.texts.compilation;
  return (
    <Checkbox
      label={words.fields.compilation}
      checked={typed === undefined ? found === 'same' : typed !== ''}
      mixed={typed === undefined && found === 'varied'}
      onChange={(on) => change({ texts: { ...draft.texts, compilation: on ? '1' : '' } })}
    />
  );
}
