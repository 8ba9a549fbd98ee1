/** The mark of Sightline: a frame with an eye on its object. */
export function Logo({ size }: { size: number }) {
  return <img src="/icon.svg" alt="" width={size} height={size} />;
}
