import { copyFile, cp, mkdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { aptUnpack } from '../tools/apt.ts';
import { exists, onPath } from '../tools/find.ts';
import { root, toolsFolder } from '../tools/paths.ts';
import { SetupError } from '../tools/progress.ts';
import { type Engine, engine } from './engine.ts';

type Tell = (detail: string) => void;

/** The images that a Dockerfile builds on, without its own stages. */
export function baseImages(dockerfile: string): string[] {
  const defaults = new Map(
    [...dockerfile.matchAll(/^ARG (\w+)=(\S+)/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const named = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) =>
    image.replace(/\$\{(\w+)\}/g, (whole, name: string) => defaults.get(name) ?? whole),
  );
  return [...new Set(named)].filter((image) => image.includes(':'));
}

/** Gets the images from their registry; where that cannot be reached, makes look-alikes from Debian packages. */
export async function ensureBaseImages(by: Engine, tell: Tell): Promise<string> {
  const images = baseImages(await readFile(join(root, 'Dockerfile'), 'utf8'));
  const made: string[] = [];
  for (const image of images) {
    const name = `docker.io/library/${image}`;
    if (await succeeds(engine(by, ['image', 'inspect', name]))) continue;
    tell(`fetching ${image}`);
    if (await succeeds(engine(by, ['pull', '-q', name]))) continue;
    tell(`making a look-alike of ${image}`);
    await lookAlike(by, image, name);
    made.push(image);
  }
  return made.length > 0 ? `look-alikes of ${made.join(', ')}` : images.join(', ');
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

async function lookAlike(by: Engine, image: string, name: string): Promise<void> {
  const suite = image.startsWith('debian:forky') ? 'forky' : 'trixie';
  const folder = join(toolsFolder, 'base-images', image.replaceAll(/\W/g, '-'));
  await bootstrap(suite, folder, image.startsWith('python:') ? ['python3', 'python3-pip'] : []);
  if (image.startsWith('node:')) await addNode(folder);
  if (image.startsWith('python:')) await symlink('/usr/bin/python3', join(folder, 'usr/local/bin/python'));
  if (image.startsWith('python:'))
    await execa('sh', ['-c', `rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED`, 'sh', folder]);
  if (image.startsWith('caddy:')) {
    const caddy = await aptUnpack({ name: 'caddy-image', packages: ['caddy'], suite: 'forky', tell: () => {} });
    await copyFile(join(caddy, 'usr/bin/caddy'), join(folder, 'usr/bin/caddy'));
  }
  const archive = `${folder}.tar`;
  await execa('tar', ['-C', folder, '-cf', archive, '.']);
  await engine(by, ['import', archive, name]);
  await Promise.all([rm(archive), rm(folder, { recursive: true })]);
}

async function bootstrap(suite: string, folder: string, packages: string[]): Promise<void> {
  const program = await onPath('debootstrap');
  if (!program || process.getuid?.() !== 0)
    throw new SetupError(
      'The registry of images cannot be reached, and look-alikes of them are made with debootstrap as root.',
      'check the network; or apt-get install debootstrap and run it as root',
    );
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { stdout } = await execa('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']);
  const mirror = stdout.split('\n').find((address) => /\/debian\/?$/.test(address.trim()));
  const include = ['libatomic1', 'ca-certificates', ...packages].join(',');
  // An older debootstrap does not know the suite by name; all newer ones are made as `sid` is.
  const script = '/usr/share/debootstrap/scripts/sid';
  await execa(program, ['--variant=minbase', `--include=${include}`, suite, folder, mirror ?? '', script]);
  await carryOver(folder);
  await execa('sh', ['-c', 'rm -f "$1"/var/cache/apt/archives/*.deb', 'sh', folder]);
}

/** This machine's own way to the network: its certificates, and how its apt fetches. */
async function carryOver(folder: string): Promise<void> {
  const certificates = '/etc/ssl/certs/ca-certificates.crt';
  if (await exists(certificates)) await copyFile(certificates, join(folder, certificates));
  const { stdout } = await execa('apt-config', ['dump']);
  const settings = stdout.split('\n').filter((line) => /^Acquire::(Check|http|https|Retries).* ".+";$/.test(line));
  await writeFile(join(folder, 'etc/apt/apt.conf.d/99-this-machine'), `${settings.join('\n')}\n`);
}

async function addNode(folder: string): Promise<void> {
  const local = join(folder, 'usr/local');
  await copyFile(process.execPath, join(local, 'bin/node'));
  const npm = await realpath((await onPath('npm')) ?? '');
  await cp(join(npm, '..', '..'), join(local, 'lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  await execa('chroot', [folder, 'useradd', '--create-home', '--uid', '1000', 'node']);
}
