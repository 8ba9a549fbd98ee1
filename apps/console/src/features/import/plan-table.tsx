import {
  Ban,
  Check,
  CircleDashed,
  LoaderCircle,
  type LucideIcon,
  Plus,
  SkipForward,
  TriangleAlert,
} from 'lucide-react';
import type { PlannedLine } from './plan.ts';
import type { Progress } from './use-import.ts';

interface Look {
  icon: LucideIcon;
  word: string;
  colour: string;
}

const planned: Record<PlannedLine['will'], Look> = {
  register: { icon: Plus, word: 'Will be registered', colour: 'text-text' },
  skip: { icon: SkipForward, word: 'Will be passed over', colour: 'text-quiet' },
  fail: { icon: TriangleAlert, word: 'Cannot be registered', colour: 'text-act' },
};
const working: Record<Progress['state'], Look> = {
  waits: { icon: CircleDashed, word: 'Waits', colour: 'text-quiet' },
  runs: { icon: LoaderCircle, word: 'Registering …', colour: 'text-text' },
  done: { icon: Check, word: 'Registered', colour: 'text-good' },
  cancelled: { icon: Ban, word: 'Cancelled', colour: 'text-quiet' },
  failed: { icon: TriangleAlert, word: 'Failed', colour: 'text-act' },
};

/** Line by line: what would happen, then what has happened. */
export function PlanTable({
  plan,
  progress,
}: {
  plan: readonly PlannedLine[];
  progress: ReadonlyMap<number, Progress>;
}) {
  return (
    <div className="overflow-x-auto rounded-(--radius) border border-line bg-panel">
      <table className="w-full text-left">
        <thead className="text-quiet text-xs">
          <tr>
            <th className="px-4 py-2 font-medium">Line</th>
            <th className="px-4 py-2 font-medium">Name</th>
            <th className="px-4 py-2 font-medium">What happens</th>
          </tr>
        </thead>
        <tbody className="align-top">
          {plan.map((line) => {
            const now = line.will === 'register' ? progress.get(line.line) : undefined;
            const { icon: Icon, word, colour } = now ? working[now.state] : planned[line.will];
            const text = now?.state === 'failed' ? now.text : line.text;
            return (
              <tr key={line.line} data-line={line.line} className="border-line border-t">
                <td className="px-4 py-2 text-quiet">{line.line}</td>
                <td className="px-4 py-2">{line.name}</td>
                <td className="px-4 py-2">
                  <span className={`flex items-center gap-2 ${colour}`}>
                    <Icon size={16} className="shrink-0" aria-hidden="true" />
                    {word}
                  </span>
                  <span className="block max-w-[70ch] pl-6 text-quiet text-xs">{text}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
