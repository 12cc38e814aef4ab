/** Readers that browsers and Node both have. Readers of folders in Node are in `node.ts`. */
import { ReadError } from "./errors.js";
import type { Reader } from "./export.js";

/** No file of a log is larger: 256 entries of 65,535 bytes, each with its length. */
export const fileBytesMax = 256 * (2 + 65_535);

/**
 * Files under a URL. What is answered with 404 is not there; any other answer than success is a
 * ReadError. The request may carry headers, such as Authorization.
 */
export function readerOfUrl(base: string | URL, request: { headers?: Record<string, string> } = {}): Reader {
  const prefix = new URL(base);
  if (!prefix.pathname.endsWith("/")) prefix.pathname += "/";
  return async (path) => {
    const url = new URL(prefix);
    url.pathname += path;
    const cannot = (why: string) => new ReadError(`cannot read ${url.origin}${url.pathname}: ${why}`);
    try {
      const response = await fetch(url, request);
      if (response.ok) return await bodyOf(response, cannot);
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      throw cannot(`the answer is ${response.status}`);
    } catch (error) {
      throw error instanceof ReadError ? error : cannot(reasonOf(error));
    }
  };
}

/** A server that does not stop sending is no log. */
async function bodyOf(response: Response, cannot: (why: string) => ReadError): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    length += next.value.length;
    if (length > fileBytesMax) {
      await reader?.cancel();
      throw cannot(`it has more than ${fileBytesMax} bytes`);
    }
    parts.push(next.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What a browser's File has of what is needed. */
export interface PickedFile {
  readonly webkitRelativePath: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The folder that a person picked in `<input type="file" webkitdirectory>`. */
export function readerOfFiles(files: Iterable<PickedFile>): Reader {
  const byPath = new Map<string, PickedFile>();
  for (const file of files) {
    // The path begins with the name of the folder itself.
    byPath.set(file.webkitRelativePath.split("/").slice(1).join("/"), file);
  }
  return async (path) => {
    const file = byPath.get(path);
    return file && readFile(path, file);
  };
}

/** What a browser's FileSystemDirectoryHandle has of what is needed. */
export interface DirectoryHandle {
  getDirectoryHandle(name: string): Promise<DirectoryHandle>;
  getFileHandle(name: string): Promise<{ getFile(): Promise<Omit<PickedFile, "webkitRelativePath">> }>;
}

/** A folder of `showDirectoryPicker`, or one that was dropped (`getAsFileSystemHandle`). */
export function readerOfDirectory(directory: DirectoryHandle): Reader {
  return async (path) => {
    const folders = path.split("/");
    const name = folders.pop() as string;
    try {
      let folder = directory;
      for (const one of folders) folder = await folder.getDirectoryHandle(one);
      return await readFile(path, await (await folder.getFileHandle(name)).getFile());
    } catch (error) {
      if (error instanceof Error && error.name === "NotFoundError") return undefined;
      throw error instanceof ReadError ? error : new ReadError(`cannot read ${path}: ${reasonOf(error)}`);
    }
  };
}

async function readFile(path: string, file: Omit<PickedFile, "webkitRelativePath">): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new ReadError(`cannot read ${path}: ${reasonOf(error)}`);
  }
}

/** `fetch` says no more than "fetch failed" and keeps the reason as the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
