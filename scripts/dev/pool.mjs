// Runs tasks that depend on each other, a few at a time.

/**
 * @typedef {object} Task
 * @property {string} key its name, for the tasks that wait for it
 * @property {string[]} [after] what it waits for; a name that no task has is done already
 * @property {() => Promise<unknown>} work what it does; never throws for a failure that others need not know of
 */

/**
 * Runs every task as soon as what it waits for is done and a place is free, in the order of the list.
 *
 * @param {Task[]} tasks
 * @param {number} places how many run at a time
 */
export async function runAll(tasks, places) {
  const waiting = [...tasks];
  const unfinished = new Set(tasks.map(({ key }) => key));
  const running = new Set();
  while (unfinished.size > 0) {
    for (const task of waiting.slice()) {
      if (running.size >= places) break;
      if (task.after?.some((key) => unfinished.has(key))) continue;
      waiting.splice(waiting.indexOf(task), 1);
      const run = task.work().finally(() => {
        running.delete(run);
        unfinished.delete(task.key);
      });
      running.add(run);
    }
    if (running.size === 0) throw new Error(`these tasks wait for each other: ${[...unfinished].join(", ")}`);
    await Promise.race(running);
  }
}
