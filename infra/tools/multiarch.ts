/** Debian's name of this machine's architecture in library folders. */
export const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** Folders of an unpacked root where shared libraries stand. */
export function libraryFolders(folder: string): string[] {
  const libraries = `${folder}/usr/lib/${multiarch}`;
  return [
    libraries,
    `${libraries}/pulseaudio`,
    `${libraries}/blas`,
    `${libraries}/lapack`,
    `${folder}/lib/${multiarch}`,
  ];
}

/** What a program of an unpacked root that brings its own C library is started through. */
export const loaderCommand = (folder: string): string[] => [
  loaderOf(folder),
  '--library-path',
  libraryFolders(folder).join(':'),
];

const loaderOf = (folder: string): string =>
  process.arch === 'arm64' ? `${folder}/usr/lib/ld-linux-aarch64.so.1` : `${folder}/usr/lib64/ld-linux-x86-64.so.2`;
