import { fileURLToPath } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env['DUBAN_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@duban/client': here('../client/src/index.ts') } },
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    // Where the program of build/release looks for it.
    outDir: here('../../build/web'),
    emptyOutDir: true,
    target: 'chrome90',
    cssTarget: 'chrome90',
    // Nothing is put inline: the page's content policy allows no data of its own making.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/rpc', '/session', '/blobs', '/readyz'].map((path) => [path, server]).concat([['/ws', { target: server, ws: true }] as never])) },
})
