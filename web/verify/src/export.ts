/** The check of a whole log, from the files in which it was exported or is served. */
import { equalBytes, joined, toHex } from "./bytes.js";
import { openCheckpoint, type Checkpoint } from "./checkpoint.js";
import { sha256 } from "./crypto.js";
import { VerifyError } from "./errors.js";
import { leafHash, perfectRoot, TreeEdge } from "./merkle.js";
import type { VerifierKey } from "./note.js";
import { parseBundle, parseTile, tileHeight, tilePath, tilesOf, tileWidth, type Tile } from "./tiles.js";

/**
 * Reads a file by its path from the folder or prefix on, such as `checkpoint` or `tile/0/000`.
 * Resolves to undefined when it is not there, and rejects with a ReadError when that is not known.
 */
export type Reader = (path: string) => Promise<Uint8Array | undefined>;

export type CheckName = "signature" | "tiles" | "entries" | "root";

export interface CheckResult {
  readonly check: CheckName;
  readonly holds: boolean;
  /** What is wrong. */
  readonly fault?: string;
  /** The file, or the position, of the first fault. */
  readonly where?: string;
}

export interface ExportReport {
  readonly holds: boolean;
  /** Only of a signature that holds. */
  readonly checkpoint?: Checkpoint;
  /** Ends with the first that does not hold. */
  readonly checks: readonly CheckResult[];
}

const checkpointPath = "checkpoint";
const readsAtOnce = 8;

/**
 * Checks the signature, every tile against those below it, every entry against its leaf, and the
 * root. Keeps 64 bytes in memory for each 256 entries.
 * @throws ReadError (or whatever else the reader rejects with); what is wrong with the export is
 *   in the report
 */
export async function verifyExport(reader: Reader, key: VerifierKey): Promise<ExportReport> {
  const checks: CheckResult[] = [];
  const passes = async (check: CheckName, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      checks.push({ check, holds: true });
      return true;
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      const where = check === "signature" ? checkpointPath : error.where;
      checks.push({ check, holds: false, fault: error.why, where });
      return false;
    }
  };

  let checkpoint: Checkpoint | undefined;
  await passes("signature", async () => {
    const note = await reader(checkpointPath);
    if (!note) throw new VerifyError(checkpointPath, "it is missing");
    checkpoint = await openCheckpoint(note, key);
  });
  if (!checkpoint) return { holds: false, checks };
  const tiles = new TileChecks(reader, checkpoint);
  const holds =
    (await passes("tiles", () => tiles.checkTiles())) &&
    (await passes("entries", () => tiles.checkEntries())) &&
    (await passes("root", () => tiles.checkRoot()));
  return { holds, checkpoint, checks };
}

class TileChecks {
  readonly #reader: Reader;
  readonly #checkpoint: Checkpoint;
  readonly #edge = new TreeEdge();
  /** Of each tile of leaves, as it was when the root was made of it. */
  readonly #digests: Uint8Array[] = [];

  constructor(reader: Reader, checkpoint: Checkpoint) {
    this.#reader = reader;
    this.#checkpoint = checkpoint;
  }

  async checkTiles(): Promise<void> {
    let below: Uint8Array[] = [];
    for (let level = 0; this.#checkpoint.size >> BigInt(tileHeight * level) > 0n; ++level) {
      const roots: Uint8Array[] = [];
      const tiles = tilesOf(this.#checkpoint.size, level);
      for await (const [tile, hashes] of readAhead(tiles, (one) => this.#hashes(one))) {
        if (level > 0) checkAgainst(below, tile, hashes);
        const root = tile.width === tileWidth ? await perfectRoot(hashes) : undefined;
        if (root) roots.push(root);
        if (level === 0) await this.#addLeaves(hashes, root);
      }
      below = roots;
    }
  }

  async checkEntries(): Promise<void> {
    const bundles = tilesOf(this.#checkpoint.size, "entries");
    for await (const [bundle, entries] of readAhead(bundles, (one) => this.#entries(one))) {
      const tile: Tile = { ...bundle, level: 0 };
      const hashes = await this.#hashes(tile);
      if (!equalBytes(await digestOf(hashes), this.#digests[Number(tile.index)] as Uint8Array)) {
        throw new VerifyError(tilePath(tile), "it was another when it was read before");
      }
      const leaves = await Promise.all(entries.map(leafHash));
      const other = leaves.findIndex((leaf, i) => !equalBytes(leaf, hashes[i] as Uint8Array));
      if (other >= 0) {
        const position = tile.index * BigInt(tileWidth) + BigInt(other);
        throw new VerifyError(position.toString(), "the entry is not the one of its leaf");
      }
    }
  }

  async checkRoot(): Promise<void> {
    const root = await this.#edge.root();
    if (!equalBytes(root, this.#checkpoint.root)) {
      const why = `the tiles make the root ${toHex(root)}, and another is signed`;
      throw new VerifyError(checkpointPath, why);
    }
  }

  async #addLeaves(leaves: readonly Uint8Array[], root: Uint8Array | undefined): Promise<void> {
    this.#digests.push(await digestOf(leaves));
    if (root) return this.#edge.add(tileHeight, root);
    for (const leaf of leaves) await this.#edge.add(0, leaf);
  }

  async #hashes(tile: Tile): Promise<Uint8Array[]> {
    const [found, bytes] = await this.#read(tile);
    return parseTile(found, bytes).slice(0, tile.width);
  }

  async #entries(tile: Tile): Promise<Uint8Array[]> {
    const [found, bytes] = await this.#read(tile);
    return parseBundle(found, bytes).slice(0, tile.width);
  }

  /** A log may take away a partial tile once the full one is there, which begins as it did. */
  async #read(tile: Tile): Promise<[Tile, Uint8Array]> {
    const bytes = await this.#reader(tilePath(tile));
    if (bytes) return [tile, bytes];
    if (tile.width < tileWidth) {
      const full: Tile = { ...tile, width: tileWidth };
      const wider = await this.#reader(tilePath(full));
      if (wider) return [full, wider];
    }
    throw new VerifyError(tilePath(tile), "it is missing");
  }
}

/** Each hash of a tile is the root of the full tile of its index one level below. */
function checkAgainst(below: readonly Uint8Array[], tile: Tile, hashes: readonly Uint8Array[]): void {
  const first = Number(tile.index) * tileWidth;
  const other = hashes.findIndex((hash, i) => !equalBytes(hash, below[first + i] as Uint8Array));
  if (other < 0) return;
  const lower: Tile = { level: Number(tile.level) - 1, index: BigInt(first + other), width: tileWidth };
  throw new VerifyError(tilePath(tile), `the hash of ${tilePath(lower)} is another`);
}

function digestOf(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  return sha256(joined(...hashes));
}

/** Loads a few items ahead of the one that is looked at, and hands them out in their order. */
async function* readAhead<Item, Loaded>(
  items: Iterable<Item>,
  load: (item: Item) => Promise<Loaded>,
): AsyncGenerator<[Item, Loaded]> {
  const pending: { item: Item; loaded: Promise<Loaded> }[] = [];
  const iterator = items[Symbol.iterator]();
  for (;;) {
    while (pending.length < readsAtOnce) {
      const next = iterator.next();
      if (next.done) break;
      const loaded = load(next.value);
      // A failure is heard when its turn comes, or never when an earlier item ends the check.
      loaded.catch(() => undefined);
      pending.push({ item: next.value, loaded });
    }
    const first = pending.shift();
    if (!first) return;
    yield [first.item, await first.loaded];
  }
}

/** The report as JSON text of one line, in the form in which `duban audit verify` prints it. */
export function reportText(report: ExportReport): string {
  const checks = report.checks.map(({ check, fault, holds, where }) => {
    return { check, ...(fault !== undefined && { fault }), holds, ...(where !== undefined && { where }) };
  });
  const members = [`"checks":${JSON.stringify(checks)}`, `"holds":${report.holds}`];
  if (report.checkpoint) {
    const { origin, root, size } = report.checkpoint;
    members.push(`"origin":${JSON.stringify(origin)}`, `"root":"${toHex(root)}"`, `"size":${size}`);
  }
  return `{${members.join(",")}}`;
}
