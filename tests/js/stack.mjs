// Calls at the end of the stack, for suites and benchmarks.

/**
 * Calls a function with almost no stack left, then with one frame more, and so on until it succeeds repeatedly. Returns
 * the number of failures.
 */
export function atTheBottom(call) {
  let failures = 0;
  let successes = 0;
  const dive = () => {
    try {
      dive();
    } catch {
      // The stack is exhausted. From here on, each return frees a frame.
    }
    if (successes >= 30) return;
    try {
      call();
      successes++;
    } catch {
      failures++;
    }
  };
  dive();
  return failures;
}
