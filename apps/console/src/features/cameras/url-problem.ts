const example = 'rtsp://192.168.1.20:554/stream1';

/** What is wrong with an address as people type it; undefined when it can be tried. */
export function urlProblem(text: string): string | undefined {
  const trimmed = text.trim();
  if (!trimmed) return `The camera’s address, like ${example}.`;
  if (!URL.canParse(trimmed)) return `This is not a URL. One looks like ${example}.`;
  const { protocol, hostname } = new URL(trimmed);
  if (protocol !== 'rtsp:' && protocol !== 'rtsps:') return `Expected rtsp:// or rtsps://, got ${protocol}//.`;
  return hostname ? undefined : `The URL names no host. One looks like ${example}.`;
}
