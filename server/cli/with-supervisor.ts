import { Supervisor } from "../supervisor/supervisor.ts";
import type { Context } from "./context.ts";

/** Provides a supervisor of the workspace for the duration of a call; its worker is gone afterwards. */
export async function withSupervisor<Result>({ workspace }: Context, use: (supervisor: Supervisor) => Promise<Result>): Promise<Result> {
  const supervisor = new Supervisor({ workspace });
  try {
    return await use(supervisor);
  } finally {
    await supervisor.close();
  }
}
