import { ensureTools, runtimeTools, testTools } from './index.ts';
import { Progress, SetupError } from './progress.ts';

const help = `Brings in the real parts that Sightline runs with, into .tools/.

  npm run tools                what npm start needs
  npm run tools -- test        and what only tests and benches need

  SIGHTLINE_HOST_TOOLS=off     take nothing from the PATH
  SIGHTLINE_CACHE=off          neither use nor fill the cache in the user's cache folder
`;

const words = process.argv.slice(2);
if (words.includes('--help')) console.log(help);
else {
  try {
    await ensureTools(words.includes('test') ? [...runtimeTools, ...testTools] : runtimeTools, new Progress());
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}
