// Writes src/generated/ from what a running server says of itself (/openrpc.json, /asyncapi.json).
//   DUBAN_BINARY=… npm run generate            writes
//   DUBAN_BINARY=… npm run generate -- --check exits with 1 and names the files that would change
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { describedFiles } from './types_of.mjs'
import { TestServer } from '../testing/server.mjs'

export const generatedFolder = fileURLToPath(new URL('../src/generated/', import.meta.url))

/** @param {string} url */
async function document(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return answer.json()
}

/** @returns {Promise<Map<string, string>>} the files by name, as the binary describes itself */
export async function generate() {
  const server = new TestServer()
  try {
    await server.start()
    return describedFiles(
      await document(`${server.url}/openrpc.json`),
      await document(`${server.url}/asyncapi.json`),
    )
  } finally {
    await server.remove()
  }
}

/**
 * @param {Map<string, string>} files
 * @returns {Promise<string[]>} the names of files that differ from what is committed
 */
export async function outdated(files) {
  const standing = await readdir(generatedFolder)
  const differing = standing.filter((name) => !files.has(name))
  for (const [name, text] of files) {
    const stands = standing.includes(name) ? await readFile(generatedFolder + name, 'utf8') : ''
    if (stands !== text) differing.push(name)
  }
  return differing.sort()
}

/** @param {string[]} options */
async function main(options) {
  const files = await generate()
  if (options.includes('--check')) {
    const differing = await outdated(files)
    for (const name of differing) console.error(`src/generated/${name} is not what the binary says`)
    process.exitCode = differing.length > 0 ? 1 : 0
    return
  }
  await rm(generatedFolder, { recursive: true, force: true })
  await mkdir(generatedFolder, { recursive: true })
  for (const [name, text] of files) await writeFile(generatedFolder + name, text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
