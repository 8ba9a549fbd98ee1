import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * The project's Node wants libatomic.so.1, which a small Debian does not have. Where it is missing, Debian's package of it is
 * unpacked below .tools, and node_modules/.bin/node becomes a script that names the folder. Throws when Node cannot be run.
 */
export async function completeNode({ root, node, collect }) {
  // Some versions of npm make no link for the programs of optional packages.
  if (!existsSync(node)) symlinkSync(`../node-linux-${process.arch}/bin/node`, node);
  const first = await collect(node, ['--version']);
  if (first.code === 0) return;
  if (!first.output.includes('libatomic')) throw new Error(`${node} cannot be run: ${first.output.trim()}`);
  const folder = join(root, '.tools', 'libatomic');
  if (!existsSync(folder)) await unpackLibatomic({ folder, scratch: `${folder}.unfinished`, collect });
  const library = `${folder}/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  const program = realpathSync(node);
  rmSync(node);
  writeFileSync(
    node,
    `#!/bin/sh\nexport LD_LIBRARY_PATH='${library}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\nexec '${program}' "$@"\n`,
  );
  chmodSync(node, 0o755);
  const second = await collect(node, ['--version']);
  if (second.code !== 0) throw new Error(`${node} cannot be run: ${second.output.trim()}`);
}

/** As tools/apt.ts does it: a state of apt's own, nothing of the host is changed, root is not needed. */
async function unpackLibatomic({ folder, scratch, collect }) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(join(scratch, 'lists', 'partial'), { recursive: true });
  const config = join(scratch, 'apt.conf');
  writeFileSync(
    config,
    `Dir::State::Lists "${scratch}/lists";\nDir::Cache "${scratch}";\nAPT::Sandbox::User "";\nDebug::NoLocking "true";\n#clear APT::Update::Post-Invoke;\n#clear APT::Update::Post-Invoke-Success;\n`,
  );
  const apt = (verb, ...words) =>
    collect('sh', [
      '-c',
      'cd "$1" && shift && APT_CONFIG=apt.conf exec apt-get -qq "$@"',
      'sh',
      scratch,
      verb,
      ...words,
    ]);
  for (const step of [['update'], ['download', 'libatomic1']]) {
    const { code, output } = await apt(...step);
    if (code !== 0)
      throw new Error(
        `Node needs libatomic.so.1, and apt could not fetch it: ${output.trim()}\n  What to do: apt-get install libatomic1, or run the system from images: docker compose up`,
      );
  }
  const deb = readdirSync(scratch).find((name) => name.endsWith('.deb'));
  const { code, output } = await collect('dpkg-deb', ['-x', join(scratch, deb ?? ''), `${folder}.new`]);
  if (code !== 0) throw new Error(`libatomic1 could not be unpacked: ${output.trim()}`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(`${folder}.new`, folder);
  rmSync(scratch, { recursive: true, force: true });
}
