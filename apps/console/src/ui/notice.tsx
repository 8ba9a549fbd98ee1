import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** What a page says when it has nothing else to show: why, and what to do about it. */
export function Notice({ icon: Icon, title, children, action }: NoticeProps) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-3 p-6 text-center">
      <Icon size={32} strokeWidth={1.5} className="text-quiet" aria-hidden="true" />
      <h2 className="font-medium text-lg">{title}</h2>
      {children && <p className="max-w-[46ch] text-quiet">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
