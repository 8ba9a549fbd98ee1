import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';

/** The place in the page's header for the controls of the page that is shown. */
export const ToolbarPlace = createContext<HTMLElement | null>(null);

/** Controls of a page, shown in the header, so that they take no room from pictures. */
export function Toolbar({ children }: { children: ReactNode }) {
  const place = useContext(ToolbarPlace);
  return place && createPortal(children, place);
}
