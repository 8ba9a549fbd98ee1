/** More is no list of cameras (bytes). */
const largest = 2_000_000;

/** A file that was chosen: its text, or why that is not there. */
export interface ListFile {
  name: string;
  text: string;
  trouble?: string;
}

/** Reads a file that was chosen as a list of cameras. */
export async function readList(file: Pick<File, 'name' | 'size' | 'text'>): Promise<ListFile> {
  const { name, size } = file;
  if (size > largest)
    return { name, text: '', trouble: `Expected at most ${inMegabytes(largest)}, got ${inMegabytes(size)}.` };
  try {
    return { name, text: await file.text() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name, text: '', trouble: `It cannot be read. ${why} Choose it again.` };
  }
}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 100_000) / 10} MB`;
