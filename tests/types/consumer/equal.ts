// What the type suites say of types. Everything here is checked by compiling; nothing runs.

/** Whether two types are one and the same, optionality and `readonly` included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only when the claim is true. */
export function proved<Claim extends true>(...claim: Claim extends true ? [] : [never]): void {
  void claim;
}

/** A value of a type, for asking whether it may be passed on. */
export declare function some<T>(): T;
