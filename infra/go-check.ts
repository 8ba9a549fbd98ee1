import { goCheck } from './tools/go.ts';
import { passThroughFolder } from './tools/parts/media.ts';

await goCheck(passThroughFolder, (detail) => console.log(detail));
