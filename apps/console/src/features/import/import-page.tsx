import { Link } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useAreas, useCameras } from '../../api/queries.ts';
import { AskBeforeLeaving } from '../../ui/ask-before-leaving.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { type ListFile, readList } from './list-file.ts';
import { columns, fileProblem, planImport } from './plan.ts';
import { PlanTable } from './plan-table.tsx';
import { useImport } from './use-import.ts';

/** Many cameras from a CSV file: first what each line would do, then, when a person says so, the doing. */
export function ImportPage() {
  const cameras = useCameras();
  const areas = useAreas();
  const [file, setFile] = useState<ListFile>();
  const work = useImport();
  const ready = cameras.data && areas.data;
  const problem = file && (file.trouble ?? fileProblem(file.text));
  // Once it runs, the plan is what was agreed to, whatever is registered meanwhile.
  const [agreed, setAgreed] = useState<ReturnType<typeof planImport>>();
  const plan =
    agreed ??
    (file && ready && !problem ? planImport(file.text, { areas: areas.data, cameras: cameras.data }) : undefined);
  const good = plan?.filter(({ will }) => will === 'register').length ?? 0;
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    work.forget();
    setAgreed(undefined);
    setFile(await readList(chosen));
  };
  const start = () => {
    if (!plan) return;
    setAgreed(plan);
    void work.run(plan);
  };
  const done = [...work.progress.values()].filter(({ state }) => state === 'done').length;
  return (
    <Page title="Import cameras" summary={<Link to="/cameras">Back to the cameras</Link>}>
      {!ready && <Read what="cameras" query={cameras.data ? areas : cameras} />}
      {ready && (
        <div className="flex flex-wrap items-center gap-4">
          <label className="inline-flex h-9 cursor-pointer items-center gap-2 rounded-(--radius) border border-edge bg-raised px-4 focus-within:outline-2 focus-within:outline-accent">
            <FileUp size={16} aria-hidden="true" /> {file ? 'Choose another file' : 'Choose a CSV file'}
            <input
              type="file"
              accept=".csv,text/csv,text/plain"
              className="sr-only"
              disabled={work.running}
              onChange={({ target }) => {
                void take(target.files?.[0]);
                // The same file, corrected meanwhile, can be chosen again.
                target.value = '';
              }}
            />
          </label>
          <p className="text-quiet">
            Columns: {columns.join(', ')}. Nothing is changed before you have seen what each line would do.
          </p>
        </div>
      )}
      {problem && <ErrorText error={new Error(`${file.name}: ${problem}`)} />}
      {plan && (
        <>
          <PlanTable plan={plan} progress={work.progress} />
          <div className="flex items-center justify-end gap-3">
            <p role="status" className="text-quiet">
              {agreed && `${done} of ${good} registered${work.running ? ' …' : '.'}`}
            </p>
            {work.running && <Button onClick={work.cancel}>Cancel the rest</Button>}
            {!agreed && (
              <Button look="main" disabled={good === 0} onClick={start}>
                Register {good} {good === 1 ? 'camera' : 'cameras'}
              </Button>
            )}
          </div>
        </>
      )}
      <AskBeforeLeaving when={work.running} title="Leave while cameras are registered?" onLeave={work.cancel}>
        Those that are not registered yet stay unregistered; the file can be imported again for them.
      </AskBeforeLeaving>
    </Page>
  );
}
