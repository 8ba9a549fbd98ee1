import { endpoints } from '@sightline/contracts/http/index';
import { Id, Name } from '@sightline/contracts/ids';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Field } from '../../ui/field.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { useAction } from '../../ui/use-action.ts';

/** What is to be done with a place. */
export type PlaceTask =
  | { kind: 'new site' }
  | { kind: 'new area'; site: string; name: string }
  | { kind: 'rename site' | 'rename area'; id: string; name: string };

interface PlaceDialogProps {
  task: PlaceTask | undefined;
  onClose: () => void;
}

/** Registers or renames a site or an area. */
export function PlaceDialog({ task, onClose }: PlaceDialogProps) {
  return (
    <Dialog title={task ? titleOf(task) : ''} open={task !== undefined} onClose={onClose}>
      {task && <PlaceForm task={task} onClose={onClose} />}
    </Dialog>
  );
}

function titleOf(task: PlaceTask): string {
  if (task.kind === 'new site') return 'Add a site';
  return task.kind === 'new area' ? `Add an area to ${task.name}` : `Rename ${task.name}`;
}

function PlaceForm({ task, onClose }: { task: PlaceTask; onClose: () => void }) {
  const [name, setName] = useState('id' in task ? task.name : '');
  const [id, setId] = useState('');
  const [left, setLeft] = useState(false);
  const nameProblem = Name.safeParse(name).success ? undefined : 'A name of 1 to 100 characters.';
  const idProblem =
    task.kind !== 'new site' || Id.safeParse(id).success ? undefined : 'Letters, digits, - and _, at most 64.';
  const { busy, error, run } = useAction(async () => {
    await carryOut(task, name.trim(), id);
    await reload('sites', 'areas');
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!nameProblem && !idProblem) void run();
  };
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <Field
        label="Name"
        required
        autoFocus
        error={left ? nameProblem : undefined}
        value={name}
        onBlur={() => setLeft(name !== '')}
        onChange={(event) => setName(event.target.value)}
      />
      {task.kind === 'new site' && (
        <Field
          label="Site id"
          required
          spellCheck={false}
          placeholder="north"
          hint="The one that the site’s ingress is started with (SITE). It never changes."
          error={left ? idProblem : undefined}
          value={id}
          onChange={(event) => setId(event.target.value)}
        />
      )}
      <ErrorText error={error} />
      <div className="flex justify-end">
        <Button type="submit" look="main" disabled={busy}>
          {busy ? 'Saving …' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

async function carryOut(task: PlaceTask, name: string, id: string): Promise<void> {
  if (task.kind === 'new site') await call(endpoints.registerSite, { body: { id, name } });
  else if (task.kind === 'new area') await call(endpoints.registerArea, { body: { site: task.site, name } });
  else {
    const rename = (to: string) =>
      task.kind === 'rename site'
        ? call(endpoints.renameSite, { params: { id: task.id }, body: { name: to } })
        : call(endpoints.renameArea, { params: { id: task.id }, body: { name: to } });
    await rename(name);
    const undo = async () => {
      await rename(task.name);
      await reload('sites', 'areas');
    };
    offerUndo({ text: `${task.name} is now ${name}.`, undo });
  }
}
