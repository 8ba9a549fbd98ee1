import './app/zod.ts';

import { LogLevel, setLogLevel } from 'livekit-client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/theme.css';
import { App } from './app/app.tsx';
import { startTheme } from './app/theme.ts';
import { startTracing } from './overlay/trace.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
startTheme();
setLogLevel(LogLevel.silent);
void startTracing();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
