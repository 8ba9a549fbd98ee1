/** Where a picture stands inside its element: `object-fit: contain`, in CSS pixels. */
export interface Fit {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Letterboxes a picture into an element; undefined while either has no size. */
export function contain(
  element: { width: number; height: number },
  picture: { width: number; height: number },
): Fit | undefined {
  if (!element.width || !element.height || !picture.width || !picture.height) return undefined;
  const scale = Math.min(element.width / picture.width, element.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: (element.width - width) / 2, top: (element.height - height) / 2, width, height };
}
