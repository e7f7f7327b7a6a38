import type { Json } from "../../authoring/index.ts";
import type { RequestBody, TaskRequest } from "../contract/transaction.ts";
import { task } from "./record-shapes.ts";
import { anything, count, list, moment, object, oneOf, optional, type Shape, shown, text } from "./shape.ts";

type Kind = RequestBody["kind"];
type BodyOf<Wanted extends Kind> = RequestBody extends infer Body
  ? Body extends { kind: infer Its }
    ? Wanted extends Its
      ? Body
      : never
    : never
  : never;

const ofTask = object<BodyOf<"cancel">>({ kind: oneOf({ cancel: true, retry: true, pause: true, resume: true }), task: text });

const BODIES: { readonly [Each in Kind]: Shape<BodyOf<Each>> } = {
  create: object({ kind: oneOf({ create: true }), tasks: list(task) }),
  cancel: ofTask,
  retry: ofTask,
  pause: ofTask,
  resume: ofTask,
  params: object<BodyOf<"params">>({
    kind: oneOf({ params: true }),
    task: text,
    action: text,
    params: anything(),
    before: optional(anything<Json>()),
  }),
  class: object({ kind: oneOf({ class: true }), of: oneOf({ task: true, action: true }), from: text, to: text }),
  interrupted: object({ kind: oneOf({ interrupted: true }), fence: count }),
};

const body: Shape<RequestBody> = (value) => {
  const { kind } = value as { readonly kind?: unknown };
  if (typeof kind !== "string" || !Object.hasOwn(BODIES, kind)) return `.kind ${shown(kind)} is not known`;
  return BODIES[kind as Kind](value);
};

export const request = object<TaskRequest>({
  id: text,
  at: moment,
  body: (value) => (typeof value === "object" && value !== null ? body(value) : " is not an object"),
});
