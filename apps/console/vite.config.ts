import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { target: 'es2023', chunkSizeWarningLimit: 1200 },
  server: {
    // `npm start` serves the rest; this only gives quick reloads while working on the console.
    proxy: {
      '/api': 'http://localhost:8080',
      '/overlay': { target: 'ws://localhost:8080', ws: true },
      '/rtc': { target: 'ws://localhost:8080', ws: true },
    },
  },
});
