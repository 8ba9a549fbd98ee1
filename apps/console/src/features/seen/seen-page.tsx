import type { CameraView } from '@sightline/contracts/http/cameras';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScanEye } from 'lucide-react';
import { type Ref, useRef, useState } from 'react';
import { useAreas, useCameras } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { duration, moment } from '../../ui/time.ts';
import { Room, useVirtualRows } from '../../ui/virtual-rows.tsx';
import { SeenFilters } from './seen-filters.tsx';
import { problemsOf } from './seen-query.ts';
import { Thumbnail } from './thumbnail.tsx';
import { TrackDialog } from './track-dialog.tsx';
import { dateOf, type EndedTrack } from './track-view.ts';
import { useSeen } from './use-seen.ts';

/** What AI has seen: one row a track, newest first, of the cameras that the user may see. */
export function SeenPage() {
  const search = useSearch({ from: '/seen' });
  const navigate = useNavigate({ from: '/seen' });
  const { data: cameras = [] } = useCameras();
  const asked = Object.keys(problemsOf(search)).length === 0;
  const query = useSeen(search, asked);
  const { data: tracks, isPlaceholderData: old, hasNextPage, isFetchingNextPage, fetchNextPage, isFetching } = query;
  const [opened, setOpened] = useState<EndedTrack>();
  const cameraOf = (id: string) => cameras.find((camera) => camera.id === id);
  return (
    <Page
      title="Seen"
      summary="What is seen now stands here once it is over."
      action={
        <Button disabled={isFetching || !asked} onClick={() => void query.refetch()}>
          {isFetching ? 'Looking …' : 'Look again'}
        </Button>
      }
    >
      <SeenFilters
        search={search}
        cameras={cameras}
        onChange={(change) => void navigate({ search: { ...search, ...change }, replace: true })}
      />
      {asked && <Read what="tracks" query={query} />}
      {tracks?.length === 0 && !old && (
        <Notice icon={ScanEye} title="Nothing was seen.">
          No track of your cameras fits. Look further back, at another camera, or for any class and score.
        </Notice>
      )}
      {tracks && tracks.length > 0 && <TrackTable tracks={tracks} old={old} cameraOf={cameraOf} onOpen={setOpened} />}
      {hasNextPage && !old && (
        <Button className="self-center" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? 'Reading …' : 'Show older ones'}
        </Button>
      )}
      {opened && <TrackDialog track={opened} camera={cameraOf(opened.camera)} onClose={() => setOpened(undefined)} />}
    </Page>
  );
}

interface TrackTableProps {
  tracks: readonly EndedTrack[];
  /** They are those of another question; the ones asked for are not there yet. */
  old: boolean;
  cameraOf: (id: string) => CameraView | undefined;
  onOpen: (track: EndedTrack) => void;
}

function TrackTable({ tracks, old, cameraOf, onOpen }: TrackTableProps) {
  const { data: areas = [] } = useAreas();
  const table = useRef<HTMLTableElement>(null);
  const { rows, before, after, measure } = useVirtualRows(tracks, table);
  const areaOf = (camera: CameraView | undefined) => areas.find(({ id }) => id === camera?.area)?.name ?? '';
  return (
    <div
      data-old={old || undefined}
      className="overflow-hidden rounded-(--radius) border border-line bg-panel data-old:opacity-50"
    >
      <table ref={table} className="w-full text-left">
        <thead className="text-quiet text-xs max-sm:sr-only">
          <tr>
            <th className="px-4 py-2 font-medium">What</th>
            <th className="px-4 py-2 font-medium">Where</th>
            <th className="px-4 py-2 font-medium">When</th>
          </tr>
        </thead>
        <tbody>
          <Room height={before} />
          {rows.map(({ index, item }) => {
            const camera = cameraOf(item.camera);
            const where = { name: camera?.name ?? item.camera, area: areaOf(camera) };
            return <TrackRow key={item.id} ref={measure} index={index} track={item} where={where} onOpen={onOpen} />;
          })}
          <Room height={after} />
        </tbody>
      </table>
    </div>
  );
}

interface TrackRowProps {
  track: EndedTrack;
  where: { name: string; area: string };
  index: number;
  ref: Ref<HTMLTableRowElement> | undefined;
  onOpen: (track: EndedTrack) => void;
}

function TrackRow({ track, where, index, ref, onOpen }: TrackRowProps) {
  const begun = dateOf(track.fromUs);
  const score = `${Math.round(track.best.score * 100)} %`;
  return (
    <tr ref={ref} data-index={index} data-track={track.track} className="border-line border-t hover:bg-raised">
      <td className="px-2 py-2 sm:px-4">
        <button type="button" className="flex items-center gap-3 text-left" onClick={() => onOpen(track)}>
          <Thumbnail of={track} className="size-14" />
          <span>
            <span className="block font-medium">{track.class}</span>
            <span className="block text-quiet text-xs" title="Score at its surest">
              {score}
            </span>
          </span>
        </button>
      </td>
      <td className="min-w-0 break-words px-2 py-2 sm:px-4">
        {where.name}
        <span className="block text-quiet text-xs">{where.area}</span>
      </td>
      <td className="px-2 py-2 sm:px-4">
        <time dateTime={begun.toISOString()} title={moment(begun)}>
          {begun.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })}
        </time>
        <span className="block text-quiet text-xs">for {duration((track.toUs - track.fromUs) / 1000)}</span>
      </td>
    </tr>
  );
}
