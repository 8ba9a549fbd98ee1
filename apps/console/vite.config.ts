import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm start` serves everything but the console's own files while one works on them with `npm run dev`. */
const started = { target: 'http://localhost:8080', headers: { origin: 'http://localhost:8080' } };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    // What several pages share becomes a chunk of its own, that must not run before `app/zod.ts` has.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
  server: {
    proxy: {
      '/api': started,
      '/config.json': started,
      '/overlay': { ...started, ws: true },
      '/rtc': { ...started, ws: true },
    },
  },
});
