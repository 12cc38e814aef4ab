/** Tiles and bundles of entries as C2SP tlog-tiles lays them out: which there are, and their names. */
import { hashBytes } from "./crypto.js";
import { VerifyError } from "./errors.js";

export interface Tile {
  readonly level: number | "entries";
  readonly index: bigint;
  /** 1 to 256; a tile of fewer is a partial one. */
  readonly width: number;
}

export const tileWidth = 256;
export const tileHeight = 8;
const levelMax = 63;
const indexEnd = 2n ** 64n;
const pathForm = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Such as `tile/0/x001/x234/067`, `tile/1/000.p/17` and `tile/entries/273.p/112`. */
export function tilePath(tile: Tile): string {
  const digits = tile.index.toString();
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/.../g) ?? [];
  const index = groups.map((group, i) => (i + 1 < groups.length ? `x${group}` : group)).join("/");
  return `tile/${tile.level}/${index}${tile.width < tileWidth ? `.p/${tile.width}` : ""}`;
}

/** Undefined for any other text, also for another spelling of the same tile. */
export function parseTilePath(path: string): Tile | undefined {
  const [, levelText, indexText, widthText] = pathForm.exec(path) ?? [];
  if (levelText === undefined || indexText === undefined) return undefined;
  const level = levelText === "entries" ? "entries" : Number(levelText);
  const index = BigInt(indexText.replace(/[x/]/g, ""));
  const width = widthText === undefined ? tileWidth : Number(widthText);
  if (level !== "entries" && level > levelMax) return undefined;
  if (index >= indexEnd || (widthText !== undefined && width >= tileWidth)) return undefined;
  const tile: Tile = { level, index, width };
  return tilePath(tile) === path ? tile : undefined;
}

/** The tiles that a tree of that size has at a level, in order; the last may be partial. */
export function* tilesOf(size: bigint, level: number | "entries"): Generator<Tile> {
  const count = level === "entries" ? size : size >> BigInt(tileHeight * level);
  const full = count / BigInt(tileWidth);
  for (let index = 0n; index < full; ++index) yield { level, index, width: tileWidth };
  const rest = Number(count % BigInt(tileWidth));
  if (rest > 0) yield { level, index: full, width: rest };
}

/**
 * The hashes in the bytes of a tile.
 * @throws VerifyError for a length that is not that of its hashes
 */
export function parseTile(tile: Tile, bytes: Uint8Array): Uint8Array[] {
  const length = tile.width * hashBytes;
  if (bytes.length !== length) {
    throw new VerifyError(tilePath(tile), `it has ${bytes.length} bytes instead of ${length}`);
  }
  return Array.from({ length: tile.width }, (_, i) => {
    return bytes.subarray(i * hashBytes, (i + 1) * hashBytes);
  });
}

/**
 * The entries in the bytes of a bundle: each has its length before it, two bytes, big-endian.
 * @throws VerifyError when the lengths do not come out even, or make another number of entries
 */
export function parseBundle(tile: Tile, bytes: Uint8Array): Uint8Array[] {
  const refused = (why: string) => new VerifyError(tilePath(tile), why);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined) throw refused("it ends within a length");
    const end = at + 2 + ((high << 8) | low);
    if (end > bytes.length) throw refused("it ends within an entry");
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== tile.width) {
    throw refused(`it holds ${entries.length} entries instead of ${tile.width}`);
  }
  return entries;
}
