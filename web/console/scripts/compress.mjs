// Puts FILE.br and FILE.gz beside each file of the built page that becomes smaller by it, and fails
// when the first load has more bytes than an office's line should have to carry.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const firstLoadBytesMax = 400 * 1024
const folder = fileURLToPath(new URL('../../../build/web/', import.meta.url))
const compressible = /\.(?:css|html|js|json|svg|txt|webmanifest)$/

const names = (await readdir(folder, { recursive: true })).filter((name) => compressible.test(name))
/** @type {Map<string, number>} */
const gzipBytes = new Map()
for (const name of names) {
  const bytes = await readFile(join(folder, name))
  const gzip = gzipSync(bytes, { level: 9 })
  gzipBytes.set(name, Math.min(gzip.length, bytes.length))
  if (bytes.length < 1024) continue
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
  if (gzip.length < bytes.length) await writeFile(join(folder, `${name}.gz`), gzip)
  if (brotli.length < bytes.length) await writeFile(join(folder, `${name}.br`), brotli)
}

const index = await readFile(join(folder, 'index.html'), 'utf8')
const named = [...index.matchAll(/(?:src|href)="\/?(assets\/[^"]+)"/g)].map((match) => match[1] ?? '')
const firstLoad = ['index.html', ...named].reduce((sum, name) => sum + (gzipBytes.get(name) ?? 0), 0)
console.log(`first load: ${Math.ceil(firstLoad / 1024)} KiB compressed, at most ${firstLoadBytesMax / 1024}`)
if (firstLoad > firstLoadBytesMax) process.exitCode = 1
