import { endpoints } from '@sightline/contracts/http/index';
import { Id } from '@sightline/contracts/ids';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/call.ts';
import { reload, useSites } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Field } from '../../ui/field.tsx';
import { Read } from '../../ui/read.tsx';
import { useAction } from '../../ui/use-action.ts';

/** The site that the ingress of a stack on one machine serves. */
const usualSite = 'demo';

/** Before the first camera there must be a place for it. */
export function FirstArea() {
  const query = useSites();
  const { data: sites } = query;
  const [siteId, setSiteId] = useState(usualSite);
  const [siteName, setSiteName] = useState('');
  const [areaName, setAreaName] = useState('');
  const first = sites?.length === 0;
  const { busy, error, run } = useAction(async () => {
    const body = { id: siteId.trim(), name: siteName };
    const site = sites?.[0]?.id ?? (await call(endpoints.registerSite, { body })).id;
    await reload('sites');
    await call(endpoints.registerArea, { body: { site, name: areaName } });
    await reload('areas');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  if (!sites) return <Read what="sites" query={query} />;
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <p className="text-quiet">
        First a place for it: a camera stands in an area, and people are given rights to areas.
      </p>
      {first && (
        <>
          <Field
            label="Site"
            required
            autoFocus
            placeholder="Head office"
            value={siteName}
            onChange={(event) => setSiteName(event.target.value)}
          />
          <Field
            label="Site id"
            required
            spellCheck={false}
            hint="The one that the site’s ingress was started with (SITE)."
            error={Id.safeParse(siteId.trim()).success ? undefined : 'Letters, digits, - and _, at most 64.'}
            value={siteId}
            onChange={(event) => setSiteId(event.target.value)}
          />
        </>
      )}
      <Field
        label="Area"
        required
        placeholder="Entrance"
        value={areaName}
        onChange={(event) => setAreaName(event.target.value)}
      />
      <ErrorText error={error} />
      <div className="flex justify-end">
        <Button type="submit" look="main" disabled={busy}>
          {busy ? 'Saving …' : 'Go on'}
        </Button>
      </div>
    </form>
  );
}
