// What runs in the worker: one operation, then it is ended from outside.
import { flowInto, here } from "../files/engine/operation-runner.js";
import type { FileOptions } from "../files/io/progress.js";
import { type Order, sendable, type Told } from "./messages.js";
import { giver, sourceOf } from "./source-receiver.js";

const tell = (told: Told): void => postMessage(told);

async function work({ sources, output, progress, ...asked }: Order): Promise<void> {
  const options: FileOptions = progress ? { onProgress: (done) => tell({ progress: done }) } : {};
  const whole = { ...asked, sources: sources.map(({ source, ...place }) => ({ ...place, source: sourceOf(source) })) };
  if (output === undefined) return tell({ answered: await here.run(whole, options) });
  const give = giver(output);
  const answered = await flowInto(whole, options, (bytes) => give({ bytes }));
  await give({ end: true });
  tell({ answered });
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  work(data).catch((error: unknown) => tell({ error: sendable(error) }));
});
