/** Strict encodings: every value has one spelling, and every other one is refused. */

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const decimalForm = /^(?:0|[1-9][0-9]{0,19})$/;
const uint64Max = 2n ** 64n - 1n;

export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Undefined for bytes that are not UTF-8. A byte order mark is a character as any other. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text and its UTF-8 bytes; undefined for what has no UTF-8 form, or is none. */
export function textOf(input: Uint8Array | string): string | undefined {
  if (typeof input !== "string") return fromUtf8(input);
  return fromUtf8(toUtf8(input)) === input ? input : undefined;
}

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Undefined for any text that `toBase64` does not write. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!base64Form.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // Bits behind the last byte have more than one spelling.
  return toBase64(bytes) === text ? bytes : undefined;
}

/** An unsigned number of 64 bits in decimal digits; undefined with signs or leading zeros. */
export function fromDecimal(text: string): bigint | undefined {
  if (!decimalForm.test(text)) return undefined;
  const number = BigInt(text);
  return number <= uint64Max ? number : undefined;
}

/** In constant time for equal lengths, though nothing that is compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; ++i) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
