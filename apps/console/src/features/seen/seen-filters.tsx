import type { CameraView } from '@sightline/contracts/http/cameras';
import { useId } from 'react';
import { Field, Select } from '../../ui/field.tsx';
import { problemsOf, type SeenSearch, spans } from './seen-query.ts';

interface SeenFiltersProps {
  search: SeenSearch;
  cameras: readonly CameraView[];
  onChange: (change: Partial<SeenSearch>) => void;
}

const usual = ['person', 'face', 'car', 'truck', 'bicycle', 'dog'];
const scores = [0, 50, 60, 70, 80, 90];

/** What is looked for. All of it stands in the address, so that a link leads to it. */
export function SeenFilters({ search, cameras, onChange }: SeenFiltersProps) {
  const classes = useId();
  const problems = problemsOf(search);
  const { camera = '', class: kind = '', track = '', score = 0, span = 'day', from = '', to = '' } = search;
  const known = cameras.some(({ id }) => id === camera) || !camera ? [] : [{ value: camera, label: camera }];
  return (
    <search className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      <Select
        label="Camera"
        value={camera}
        onChange={(value) => onChange({ camera: value || undefined })}
        options={[
          { value: '', label: 'All of yours' },
          ...known,
          ...cameras.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <div>
        <Field
          label="Class"
          placeholder="Any"
          spellCheck={false}
          list={classes}
          value={kind}
          error={problems.class}
          onChange={({ target }) => onChange({ class: target.value || undefined })}
        />
        <datalist id={classes}>
          {usual.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <Select
        label="When"
        value={span}
        onChange={(value) => onChange({ span: Object.keys(spans).find(isSpan(value)) })}
        options={spanOptions}
      />
      <Select
        label="Score"
        value={String(score)}
        onChange={(value) => onChange({ score: Number(value) || undefined })}
        options={scores.map((least) => ({
          value: String(least),
          label: least === 0 ? 'Any' : `At least ${least} %`,
        }))}
      />
      <Field
        label="Track"
        placeholder="Any"
        spellCheck={false}
        maxLength={64}
        value={track}
        onChange={({ target }) => onChange({ track: target.value || undefined })}
      />
      {span === 'between' && (
        <>
          <Field
            label="From"
            type="datetime-local"
            value={from}
            onChange={({ target }) => onChange({ from: target.value || undefined })}
          />
          <Field
            label="To"
            type="datetime-local"
            value={to}
            error={problems.to}
            onChange={({ target }) => onChange({ to: target.value || undefined })}
          />
        </>
      )}
    </search>
  );
}

type Span = keyof typeof spans;
const isSpan =
  (value: string) =>
  (name: string): name is Span =>
    name === value;
const spanOptions = Object.entries(spans).map(([value, { name }]) => ({ value, label: name }));
