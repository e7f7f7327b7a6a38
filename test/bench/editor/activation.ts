import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import type { Result } from "../result.ts";
import { median, ratio } from "../rounds.ts";
import { inHost } from "./in-host-session.ts";
import { megabytes, milliseconds } from "./in-result.ts";
import type { MeasuredInHost } from "./measured.ts";

export async function activation(quick: boolean): Promise<Result[]> {
  const times: NonNullable<MeasuredInHost["activation"]>[] = [];
  // The first warms the disk up.
  for (let round = 0; round <= (quick ? 1 : 6); round++) {
    const folder = await WorkspaceFolder.of({ "nothing.txt": "" });
    const { activation: measured } = await inHost("activation-in-host", folder, { BENCH_ROUND: round % 2 === 0 ? "even" : "odd" });
    if (round > 0 && measured) times.push(measured);
    await folder.remove();
  }
  const [ours, css] = [times.map((time) => time.ours.milliseconds), times.map((time) => time.css.milliseconds)];
  const [ourBytes, cssBytes] = [times.map((time) => time.ours.bytes), times.map((time) => time.css.bytes)];
  return [
    {
      what: "activation of the extension",
      comparedTo: "of the editor's own CSS extension",
      measured: ratio(ours, css),
      note: milliseconds(ours, css),
    },
    {
      what: "memory that activation takes in the extension host",
      comparedTo: "the same",
      ...megabytes(median(ourBytes), median(cssBytes)),
    },
  ];
}
