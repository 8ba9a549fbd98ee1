import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/theme.css';
import { LogLevel, setLogLevel } from 'livekit-client';
import { config } from 'zod';
import { App } from './app/app.tsx';
import { startTracing } from './overlay/trace.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
document.documentElement.dataset.theme = localStorage.getItem('sightline.theme') === 'light' ? 'light' : 'dark';
// The page's content security policy forbids what zod would compile.
config({ jitless: true });
setLogLevel(LogLevel.warn);
void startTracing();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
