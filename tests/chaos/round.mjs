// A round of a scenario: its resources and their cleanup.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { random } from "../../scripts/random.mjs";
import { launchBoard, launchMock } from "../cli/program.mjs";

/** The time in milliseconds after which a server counts as stuck. No other check depends on time. */
const patience = 60_000;

/** A round with seeded random numbers. */
export class Round {
  #cleanups = [];

  /**
   * @param {import("./tally.mjs").Tally} tally
   * @param {number} seed
   */
  constructor(tally, seed) {
    this.tally = tally;
    /** Returns a random integer below a bound. */
    this.random = random(seed);
  }

  /** Returns a random element of a list. */
  pick = (list) => list[this.random(list.length)];

  /** Runs a task when the round has ended. */
  defer(work) {
    this.#cleanups.push(work);
  }

  /** Creates an empty folder that is removed when the round ends. */
  folder() {
    const path = mkdtempSync(join(tmpdir(), "batchlight-chaos-"));
    this.defer(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** Waits for a promise. Rejects after the timeout. */
  within = async (promise, what) => {
    const gone = new AbortController();
    const late = wait(patience, undefined, { signal: gone.signal }).then(
      () => Promise.reject(new Error(`timeout: ${what}`)),
      () => undefined,
    );
    try {
      return await Promise.race([promise, late]);
    } finally {
      gone.abort();
    }
  };

  #server(launched) {
    const { child, ended } = launched;
    this.defer(async () => {
      child.kill("SIGKILL");
      await ended;
    });
    /** Stops the server with a signal. Resolves with its exit code and output. */
    const end = (/** @type {NodeJS.Signals} */ signal = "SIGTERM") => {
      child.kill(signal);
      return this.within(ended, `the server does not end after ${signal}`);
    };
    return { ...launched, end };
  }

  /** Starts a mock. `url` rejects if the mock does not start. */
  startMock(...args) {
    const server = this.#server(launchMock(args, { cwd: tmpdir() }));
    const url = this.within(server.url, "the mock does not start");
    url.catch(() => undefined);
    return { ...server, url };
  }

  /** Starts a mock and waits for its address. */
  async mock(...args) {
    const server = this.startMock(...args);
    return { ...server, url: await server.url };
  }

  /** Starts a board for an API and waits until it is ready. */
  async board(env) {
    const server = this.#server(launchBoard(env));
    await this.within(server.ready, "the board does not start");
    return { ...server, url: await server.link(0) };
  }

  /** Runs the cleanup tasks in reverse order. */
  async end() {
    for (const work of this.#cleanups.reverse()) await work();
  }
}

/**
 * A test that runs repeatedly with different random numbers.
 *
 * @typedef {object} Scenario
 * @property {string} name
 * @property {() => string | false} [skip] why it cannot run here, or false
 * @property {(round: Round) => Promise<void>} run
 */

/**
 * Runs rounds of a scenario, at least one. A failed round does not end the run.
 *
 * @param {Scenario} scenario
 * @param {import("./tally.mjs").Tally} tally
 * @param {{ seed: number, more: (rounds: number) => boolean }} options
 */
export async function runRounds(scenario, tally, { seed, more }) {
  const seeds = random(seed);
  do {
    tally.rounds += 1;
    const round = new Round(tally, seeds(2 ** 32));
    try {
      await scenario.run(round);
    } catch (error) {
      tally.fail(error instanceof Error ? `${error.message}${placeOf(error)}` : String(error));
    }
    await round.end();
  } while (more(tally.rounds));
}

/** The file and line in this folder where an error was thrown. */
function placeOf({ stack = "" }) {
  const [place] = /[\w-]+\.mjs:\d+/.exec(stack) ?? [];
  return place ? ` (${place})` : "";
}
