// Candidates of a benchmark take turns, each with as many calls as take long enough to be timed.

const millisecondsPerTurn = 12;

/**
 * Finds the number of calls of a turn. Returns a function that makes a turn and returns the milliseconds per call.
 *
 * @param {(calls: number) => number} turn makes that many calls and returns the milliseconds that they took
 */
export function calibrated(turn) {
  let calls = 256;
  for (let spent = turn(calls); spent < millisecondsPerTurn; spent = turn(calls)) calls *= 2;
  turn(calls);
  return () => turn(calls) / calls;
}
