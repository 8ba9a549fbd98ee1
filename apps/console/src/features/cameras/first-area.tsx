import { endpoints } from '@sightline/contracts';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { reload, useSites } from '../../api/queries.ts';
import { Button, ErrorText, Field } from '../../ui/controls.tsx';
import { useAction } from '../../ui/use-action.ts';

/** Before the first camera there must be a place for it. */
export function FirstArea() {
  const { data: sites = [] } = useSites();
  const [siteName, setSiteName] = useState('');
  const [areaName, setAreaName] = useState('');
  const { busy, error, run } = useAction(async () => {
    const site = sites[0]?.id ?? (await call(endpoints.registerSite, { body: { id: 'demo', name: siteName } })).id;
    await call(endpoints.registerArea, { body: { site, name: areaName } });
    await reload('sites', 'areas');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <form className="grid gap-2" onSubmit={submit}>
      <p className="text-quiet">A camera stands in an area of a site; people are given rights to areas.</p>
      {sites.length === 0 && (
        <Field
          label="Site"
          required
          value={siteName}
          onChange={(event) => setSiteName(event.target.value)}
          placeholder="Head office"
        />
      )}
      <Field
        label="Area"
        required
        value={areaName}
        onChange={(event) => setAreaName(event.target.value)}
        placeholder="Entrance"
      />
      <ErrorText error={error} />
      <Button type="submit" look="main" disabled={busy}>
        {busy ? 'Saving …' : 'Go on'}
      </Button>
    </form>
  );
}
