import { watchParent } from './parent.ts';

// For `node --import`: a test file ends with the runner that started it, and its stack with it.
watchParent(() => process.exit(1));
