import type { SourceInput, SourcesInput } from '@sightline/contracts/http/cameras';
import type { AreaView } from '@sightline/contracts/http/sites';
import { Name } from '@sightline/contracts/ids';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { Probe } from './probe.tsx';
import { urlProblem } from './url-problem.ts';

/** What a person says of a camera; empty credentials mean none, or as before. */
export interface CameraDraft {
  name: string;
  area: string;
  url: string;
  /** The address of its sub stream; empty without one. */
  sub: string;
  username: string;
  password: string;
}

interface CameraFormProps {
  initial: CameraDraft;
  areas: readonly AreaView[];
  /** Said under the credentials. */
  credentialsHint: string;
  /** Tries an address as soon as its field is left; not where sealed credentials are in use that the form does not know. */
  tryAtOnce?: boolean;
  onSave: (draft: CameraDraft) => Promise<unknown>;
}

/** The source that a draft means. */
const sourceOf = ({ url, username, password }: CameraDraft): SourceInput => ({
  url: url.trim(),
  ...(username ? { username } : {}),
  ...(password ? { password } : {}),
});

/** The sources that a draft means: user and password are the camera's, for both. */
export const sourcesOf = (draft: CameraDraft): SourcesInput => {
  const sub = draft.sub.trim();
  return { main: sourceOf(draft), ...(sub ? { sub: { url: sub } } : {}) };
};

/** A camera's name, area and address; the address can be tried before it is saved. */
export function CameraForm({ initial, areas, credentialsHint, tryAtOnce = false, onSave }: CameraFormProps) {
  const [draft, setDraft] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [entered, setEntered] = useState('');
  const source = sourceOf(draft);
  const save = useAction(onSave);
  const input = (name: keyof CameraDraft) => ({
    name,
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
    onBlur: () => {
      if (draft[name]) setLeft(new Set([...left, name]));
      if (name === 'url' || name === 'password') setEntered(JSON.stringify(source));
    },
  });
  const problems = {
    name: nameProblem(draft.name),
    url: urlProblem(draft.url),
    sub: draft.sub.trim() ? urlProblem(draft.sub) : undefined,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(new Set(['name', 'url', 'sub']));
    if (!problems.name && !problems.url && !problems.sub) void save.run(draft);
  };
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <Field
        label="RTSP URL"
        required
        autoFocus
        spellCheck={false}
        placeholder="rtsp://192.168.1.20:554/stream1"
        error={left.has('url') ? problems.url : undefined}
        {...input('url')}
      />
      <div className="grid gap-1">
        <div className="grid grid-cols-2 gap-3">
          <Field label="User" autoComplete="off" spellCheck={false} {...input('username')} />
          <Field label="Password" type="password" autoComplete="new-password" {...input('password')} />
        </div>
        <p className="text-quiet text-xs">{credentialsHint}</p>
      </div>
      <Probe
        source={source}
        disabled={problems.url !== undefined}
        atOnce={tryAtOnce && entered === JSON.stringify(source)}
      />
      <Field
        label="Sub stream"
        spellCheck={false}
        placeholder="rtsp://192.168.1.20:554/stream2"
        hint="May be left out: a smaller stream of the same camera, for small tiles."
        error={left.has('sub') ? problems.sub : undefined}
        {...input('sub')}
      />
      <Field
        label="Name"
        required
        placeholder="North gate"
        error={left.has('name') ? problems.name : undefined}
        {...input('name')}
      />
      <Select
        label="Area"
        value={draft.area}
        onChange={(area) => setDraft({ ...draft, area })}
        options={areas.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ErrorText error={save.error} />
      <div className="flex justify-end">
        <Button type="submit" look="main" disabled={save.busy}>
          {save.busy ? 'Saving …' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

function nameProblem(name: string): string | undefined {
  return Name.safeParse(name).success ? undefined : 'A name of 1 to 100 characters.';
}
