const passedOn = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'LD_LIBRARY_PATH'] as const;

/** For execa: programs that read what cameras send are given none of the secrets in this process's environment. */
export const bareEnvironment = {
  extendEnv: false,
  env: Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
};
