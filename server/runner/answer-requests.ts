import type { CancellationToken } from "vscode-languageserver";
import { type ClientNotifications, notifications, type ParamsOf, type ResultOf, requests, type Verb } from "../protocol/runner-protocol.ts";
import { toResponseError } from "./response-error.ts";
import type { RunnerContext } from "./runner-context.ts";
import { type FolderRequest, verbs } from "./verbs.ts";

type Answer<V extends Verb> = (params: ParamsOf<V>, signal: AbortSignal) => Promise<ResultOf<V>>;

/** Answers our own client's requests beyond the Language Server Protocol (server/protocol/runner-protocol.ts). */
export function answerRequests({ connection, folders, trust }: RunnerContext, onStateAsked: () => void): void {
  const ofWindow: { readonly [V in Exclude<Verb, FolderRequest>]: Answer<V> } = {
    state: async () => {
      onStateAsked();
      return (await folders.all()).map((folder) => folder.snapshot());
    },
  };
  for (const verb of Object.keys(requests) as Verb[]) {
    if (isOfFolder(verb)) answerInFolder(verb);
    else answer(verb, ofWindow[verb]);
  }
  follow("trust", ({ trusted }) => trust.set(trusted));

  function answerInFolder<V extends FolderRequest>(verb: V): void {
    answer(verb, async ({ folder, ...params }, signal) => verbs[verb](params, { folder: await folders.get(folder), trust, signal }));
  }

  function answer<V extends Verb>(verb: V, handler: Answer<V>): void {
    // Without params the token is the only argument.
    connection.onRequest(requests[verb], async (...given: unknown[]) => {
      const [params, token] = [given.length > 1 ? given[0] : {}, given.at(-1)] as [ParamsOf<V>, CancellationToken];
      const cancellation = new AbortController();
      token.onCancellationRequested(() => cancellation.abort());
      try {
        return await handler(params, cancellation.signal);
      } catch (error) {
        return toResponseError(error);
      }
    });
  }

  function follow<N extends keyof ClientNotifications>(name: N, handler: (params: ClientNotifications[N]) => void): void {
    connection.onNotification(notifications[name], handler);
  }
}

function isOfFolder(verb: Verb): verb is FolderRequest {
  return Object.hasOwn(verbs, verb);
}
