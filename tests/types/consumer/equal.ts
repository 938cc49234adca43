// Assertions about types. They are checked by compiling; nothing runs.

/** Whether two types are identical, including optionality and `readonly`. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the claim is true. */
export function proved<Claim extends true>(...claim: Claim extends true ? [] : [never]): void {
  void claim;
}

/** A value of a type, to test where it can be assigned. */
export declare function some<T>(): T;
