// Batches for the suites of the elements: recorded, constructed and hostile ones, and invalid values.
import { readFileSync } from "node:fs";

/** Recorded batches, in the order of their file. */
export const fixtures = readFileSync(new URL("../../fixtures/batches.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

const endedBatch = (id, counts, timestamps) => ({
  ...fixtures[0].batch,
  id,
  in_progress_at: 1736489776,
  ...timestamps,
  request_counts: counts,
});

/** Outcomes that are possible but not recorded, made from recorded batches. */
export const constructed = [
  endedBatch("batch_empty", { total: 0, completed: 0, failed: 0 }, { status: "completed", completed_at: 1736489790 }),
  endedBatch("batch_expired", { total: 5, completed: 0, failed: 0 }, { status: "expired", expired_at: 1736576176 }),
  endedBatch("batch_unverified", null, { status: "completed", completed_at: 1736489790, output_file_id: "file-1" }),
];

/** Batches of every status and outcome. */
export const batches = [...fixtures.map(({ batch }) => batch), ...constructed];

/** The current time of the tests, in Unix seconds: one second after the latest timestamp of the fixtures. */
export const now =
  1 +
  Math.max(
    ...fixtures.flatMap(({ batch }) =>
      Object.entries(batch).flatMap(([name, value]) =>
        /_at$/.test(name) && Number.isSafeInteger(value) && value < 4e9 ? [value] : [],
      ),
    ),
  );

/** A running batch with succeeded, failed and unfinished requests. */
export const running = {
  id: "batch_67f1c0a89b2c8190a1d7f3e2b4c5d6e7",
  object: "batch",
  endpoint: "/v1/chat/completions",
  model: "gpt-5-mini",
  input_file_id: "file-TnjeSoqJGFp7SfehYrEuHH",
  completion_window: "24h",
  status: "in_progress",
  created_at: now - 9000,
  in_progress_at: now - 8900,
  expires_at: now + 77400,
  request_counts: { total: 5000, completed: 1204, failed: 312 },
};

/** The elements that show one batch. */
export const singleBatchElements = ["batch-status", "batch-progress", "batch-timeline", "batch-card"];

/** A batch whose strings would run a script or break the page if they were not escaped. */
export const hostile = {
  id: `batch_"><img src=x onerror="globalThis.harmed=1">${"x".repeat(10_000)}`,
  object: "batch",
  endpoint: "/v1/</template></style><script>globalThis.harmed=2</script>",
  model: "\u202Egnp.exe\0\r\n'`${7*7}&lt;&#60;",
  input_file_id: "file-\u202E\ud800<b>",
  completion_window: "24h",
  status: "failed",
  created_at: 1736489775,
  failed_at: 1736489779,
  metadata: { "<i>": "<script>globalThis.harmed=3</script>" },
  errors: {
    object: "list",
    data: [
      {
        code: "<u>",
        line: 3,
        message: "</li><iframe srcdoc='<script>parent.harmed=4</script>'>\r& \u2066\u202E",
        param: "--><svg onload=harmed=5>",
      },
    ],
  },
};

/** Values that are not a valid batch. */
export const invalidValues = [
  null,
  7,
  "",
  "no JSON",
  [],
  {},
  { status: "paused" },
  { status: "Completed", id: "b" },
  { object: "list", data: [] },
];

/** The texts of a view that an element must show. */
export const textsShownBy = (name, { label, summary, advice = "", progress, timeline, timing, files }) =>
  ({
    "batch-status": [label],
    "batch-progress": progress.fraction === undefined ? [] : [`${Math.floor(progress.fraction * 100)}%`],
    "batch-timeline": timeline.flatMap(({ label, duration = "" }) => [label, duration]),
    "batch-card": [label, summary, advice, timing.elapsed ?? "", ...files.flatMap(({ label, id }) => [label, id])],
  })[name].map((text) => text.replaceAll(/\s+/g, " "));
