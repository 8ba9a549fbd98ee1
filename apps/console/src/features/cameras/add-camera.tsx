import { endpoints, type ProbeResult, type SourceInput } from '@sightline/contracts';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { reload, useAreas } from '../../api/queries.ts';
import { Button, ErrorText, Field, Select } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useAction } from '../../ui/use-action.ts';
import { FirstArea } from './first-area.tsx';

const empty = { name: '', area: '', url: '', username: '', password: '' };

/** A camera's address in, what the site finds there shown, then saved. */
export function AddCamera({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { data: areas = [] } = useAreas();
  const [form, setForm] = useState(empty);
  const [found, setFound] = useState<ProbeResult>();
  const set = (name: keyof typeof empty) => (event: { target: { value: string } }) => {
    setForm({ ...form, [name]: event.target.value });
    setFound(undefined);
  };
  const source: SourceInput = {
    url: form.url,
    ...(form.username ? { username: form.username } : {}),
    ...(form.password ? { password: form.password } : {}),
  };
  const probe = useAction(async () => setFound(await call(endpoints.probeSource, { body: source })));
  const save = useAction(async () => {
    const area = form.area || (areas[0]?.id ?? '');
    await call(endpoints.registerCamera, { body: { area, name: form.name, sources: { main: source } } });
    await reload('cameras');
    setForm(empty);
    setFound(undefined);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run();
  };
  return (
    <Dialog title="Add a camera" open={open} onClose={onClose}>
      {areas.length === 0 ? (
        <FirstArea />
      ) : (
        <form className="grid gap-2" onSubmit={submit}>
          <Field label="Name" name="name" required value={form.name} onChange={set('name')} placeholder="North gate" />
          <Select
            label="Area"
            value={form.area || (areas[0]?.id ?? '')}
            onChange={(area) => setForm({ ...form, area })}
            options={areas.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Field
            label="RTSP URL"
            name="url"
            required
            value={form.url}
            onChange={set('url')}
            placeholder="rtsp://192.168.1.20:554/stream1"
            hint="A user and password in it are taken out and sealed."
          />
          <div className="grid grid-cols-2 gap-3">
            <Field
              label="User"
              name="camera-user"
              autoComplete="off"
              value={form.username}
              onChange={set('username')}
            />
            <Field
              label="Password"
              name="camera-password"
              type="password"
              autoComplete="new-password"
              value={form.password}
              onChange={set('password')}
            />
          </div>
          <Found found={found} />
          <ErrorText error={probe.error ?? save.error} />
          <div className="flex justify-end gap-2">
            <Button disabled={!form.url || probe.busy} onClick={() => void probe.run()}>
              {probe.busy ? 'Trying, up to 15 s …' : 'Try it'}
            </Button>
            <Button type="submit" look="main" disabled={save.busy}>
              {save.busy ? 'Saving …' : 'Save'}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Found({ found }: { found: ProbeResult | undefined }) {
  if (!found) return <p className="min-h-5 text-quiet">Try it before you save: the site looks at the camera.</p>;
  const { media, state, reason } = found;
  return (
    <p role="status" className={`min-h-5 ${state === 'live' ? 'text-good' : 'text-look'}`}>
      {reason.text}{' '}
      {media &&
        `${media.codec}, ${media.width}×${media.height}${media.framesPerSecond ? `, ${media.framesPerSecond} fps` : ''}.`}
    </p>
  );
}
