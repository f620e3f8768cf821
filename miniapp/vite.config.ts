import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressAssets } from './dev/compress.ts'
import { launchData } from './dev/launch-data.ts'
import { preloadStart } from './dev/preload-start.ts'

const server = process.env.SERVER_URL ?? 'http://127.0.0.1:8080'

const startupLibraries =
  /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@telegram-apps\/[\w-]+|@tanstack\/(react-router|router-core|history|store|react-store|query-core|react-query))\//

export default defineConfig({
  plugins: [
    // The router's plugin rewrites route files before React's sees them.
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: 'src/routes',
      generatedRouteTree: 'src/routeTree.gen.ts',
      routeFileIgnorePattern: '.test.',
    }),
    react(),
    tailwindcss(),
    launchData(),
    preloadStart(),
    compressAssets(),
  ],
  // A strict Content-Security-Policy forbids inline scripts, and every supported client knows modulepreload.
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs in two files, not in twenty small ones: each costs a round trip on a phone.
          groups: [
            // The first questions, and how the rest is fetched: must not wait for anything large.
            { name: 'early', test: /src\/api\/early|preload-helper/, priority: 3 },
            { name: 'vendor', test: startupLibraries, priority: 2 },
            {
              name: 'frame',
              test: /src\/(components|format|telegram|url|api)\//,
              minShareCount: 4,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: server, changeOrigin: false } } },
})
