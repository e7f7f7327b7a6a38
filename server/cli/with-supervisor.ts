import { Supervisor } from "../supervisor/supervisor.ts";
import type { Context } from "./context.ts";

/** Lends a supervisor of the workspace; its worker is gone afterwards. */
export async function withSupervisor<Result>({ workspace }: Context, use: (supervisor: Supervisor) => Promise<Result>): Promise<Result> {
  const supervisor = new Supervisor({ workspace });
  try {
    return await use(supervisor);
  } finally {
    await supervisor.close();
  }
}
