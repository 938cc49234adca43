// Runs tasks that depend on each other, a few at a time.

/**
 * @typedef {object} Task
 * @property {string} name the name, which other tasks refer to
 * @property {string[]} [after] the names of tasks to wait for; a name without a task counts as finished
 * @property {() => Promise<unknown>} work runs the task; a rejection ends all tasks
 */

/**
 * Runs all tasks. Each starts when the tasks that it waits for have finished and fewer than `limit` tasks run, in the
 * order of the list.
 *
 * @param {Task[]} tasks
 * @param {number} limit the maximum number of tasks that run at a time
 */
export async function runAll(tasks, limit) {
  const waiting = [...tasks];
  const unfinished = new Set(tasks.map(({ name }) => name));
  const running = new Set();
  while (unfinished.size > 0) {
    for (const task of waiting.slice()) {
      if (running.size >= limit) break;
      if (task.after?.some((name) => unfinished.has(name))) continue;
      waiting.splice(waiting.indexOf(task), 1);
      const run = task.work().finally(() => {
        running.delete(run);
        unfinished.delete(task.name);
      });
      running.add(run);
    }
    if (running.size === 0) throw new Error(`these tasks wait for each other: ${[...unfinished].join(", ")}`);
    await Promise.race(running);
  }
}
