/** The answers of `data/known_answers.json`. */
import { readFileSync } from "node:fs";

interface TreeAnswers {
  size: number;
  root: string;
  inclusion: { index: number; proof: string[] }[];
  consistency: { from: number; proof: string[] }[];
}
interface KnownAnswers {
  leaves: string[];
  emptyRoot: string;
  leafHashes: string[];
  trees: TreeAnswers[];
  refused: {
    inclusion: {
      why: string;
      index: number;
      size: number;
      leafHash: string;
      proof: string[];
      root: string;
    }[];
    consistency: {
      why: string;
      from: number;
      size: number;
      fromRoot: string;
      root: string;
      proof: string[];
    }[];
  };
  tiled: { size: number; root: string; files: { path: string; sha256: string }[] }[];
  notes: { key: string; note: string }[];
  checkpoint: { key: string; witnessKey: string; note: string };
  proof: { entry: string; key: string; file: string };
}

// From build/test, where the tests run.
const file = new URL("../../test/data/known_answers.json", import.meta.url);
export const known = JSON.parse(readFileSync(file, "utf8")) as KnownAnswers;
