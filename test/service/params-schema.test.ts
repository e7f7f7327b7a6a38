import assert from "node:assert/strict";
import * as v from "valibot";
import { z } from "zod";
import { validateParams } from "../../server/service/classes/params-schema.ts";
import { InputError } from "../../server/service/index.ts";

const SCHEMAS = {
  zod: z.object({
    directory: z.string().trim().min(1),
    days: z.number().int().default(90),
    rules: z.array(z.object({ "keep-for": z.number() })).optional(),
  }),
  valibot: v.object({
    directory: v.pipe(v.string(), v.trim(), v.minLength(1)),
    days: v.optional(v.pipe(v.number(), v.integer()), 90),
    rules: v.optional(v.array(v.object({ "keep-for": v.number() }))),
  }),
};

/** The part before the message, which is the library's own. */
function pathsOf(result: Awaited<ReturnType<typeof validateParams>>): string[] {
  assert.ok("issues" in result, "It was accepted.");
  return result.issues.map((issue) => issue.slice(0, issue.indexOf(": ")));
}

describe("Params with a schema", () => {
  for (const [library, schema] of Object.entries(SCHEMAS)) {
    describe(`of ${library}`, () => {
      it("become what the schema makes of them: completed and transformed", async () => {
        assert.deepEqual(await validateParams(schema, { directory: " logs " }), { value: { directory: "logs", days: 90 } });
      });

      it("are refused with a sentence for each issue, with its path", async () => {
        const result = await validateParams(schema, { directory: 5, days: 1.5, rules: [{ "keep-for": 1 }, { "keep-for": "long" }] });
        assert.deepEqual(pathsOf(result), ["params.directory", "params.days", 'params.rules[1]["keep-for"]']);
      });

      it("are refused as a whole when they are no object", async () => {
        assert.deepEqual(pathsOf(await validateParams(schema, "logs")), ["params"]);
      });
    });
  }

  it("may be checked asynchronously", async () => {
    const free = z.object({ name: z.string().refine(async (name) => name !== "taken", "is taken") });
    assert.deepEqual(await validateParams(free, { name: "taken" }), { issues: ["params.name: is taken"] });
    assert.deepEqual(await validateParams(free, { name: "free" }), { value: { name: "free" } });
  });

  it("are refused with the way out when the schema is none", () => {
    for (const none of [{ parse() {} }, "schema", 5, null, { "~standard": {} }]) {
      assert.throws(
        () => validateParams(none, {}),
        (error) => error instanceof InputError && /must be a Standard Schema/.test(error.message),
      );
    }
  });
});
