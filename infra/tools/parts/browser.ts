import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptUnpack } from '../apt.ts';
import { onPath } from '../find.ts';
import { libraryFolders } from '../multiarch.ts';
import { toolsFolder } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { writeWrapper } from '../wrapper.ts';

/** A browser for tests and benches only. */
export const chromium: Tool = {
  name: 'chromium',
  purpose: 'browser of tests and benches',
  provides: ['chromium'],
  recipe: 'host suite',
  adopt: async () => {
    const path = await onPath('chromium');
    if (path) await writeWrapper('chromium', { command: [path] });
    return path;
  },
  install: async (tell) => {
    const folder = await aptUnpack({ name: 'chromium', packages: ['chromium', 'fonts-dejavu-core'], tell });
    const fonts = join(folder, 'fonts.conf');
    await writeFile(fonts, fontsConfig(join(folder, 'usr/share/fonts')));
    await writeWrapper('chromium', {
      command: [`${folder}/usr/lib/chromium/chromium`],
      environment: { LD_LIBRARY_PATH: libraryFolders(folder).join(':'), FONTCONFIG_FILE: fonts },
    });
    return 'Debian package';
  },
};

/** A bare system has neither fonts nor a configuration of them, and a browser without fonts draws no text. */
function fontsConfig(folder: string): string {
  const families = { 'sans-serif': 'DejaVu Sans', serif: 'DejaVu Serif', monospace: 'DejaVu Sans Mono' };
  const aliases = Object.entries(families).map(
    ([family, font]) => `  <alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>\n`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(toolsFolder, 'font-cache')}</cachedir>
${aliases.join('')}</fontconfig>
`;
}
