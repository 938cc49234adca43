// The edge runtime, in which a check of a file that takes a while has to let other work run.
import { checkInput } from "batchlight";

export const runtime = "edge";

export async function POST(request) {
  const { ok, issues } = await checkInput(request.body);
  return Response.json({ ok, codes: issues.map(({ code }) => code) });
}
