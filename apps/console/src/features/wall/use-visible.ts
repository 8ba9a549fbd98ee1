import { type RefObject, useEffect, useState } from 'react';

/** What has gone out of sight counts as seen for this long, so that a short look elsewhere costs no new start (ms). */
const lingerMs = 5_000;

/** Whether an element can be seen, or could a moment ago: on the screen, on a page that is not hidden. */
export function useVisible(element: RefObject<HTMLElement | null>): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    let inView = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (inView && document.visibilityState === 'visible') setVisible(true);
      else timer = setTimeout(() => setVisible(false), lingerMs);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        inView = entries.at(-1)?.isIntersecting ?? false;
        look();
      },
      { rootMargin: '64px' },
    );
    observer.observe(element.current);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [element]);
  return visible;
}
