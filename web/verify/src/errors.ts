/** What was checked does not hold, or is not of the form that its specification demands. */
export class VerifyError extends Error {
  override readonly name = "VerifyError";

  /**
   * @param where the file, the position or the thing that is at fault, such as `tile/0/000`, `17`
   *   or `key`
   */
  constructor(
    readonly where: string,
    readonly why: string,
  ) {
    super(`${where}: ${why}`);
  }
}

/** Something could not be read; nothing is said about whether it would hold. */
export class ReadError extends Error {
  override readonly name = "ReadError";
}
