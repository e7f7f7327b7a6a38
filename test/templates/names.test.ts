import assert from "node:assert/strict";
import { freeName, taskFileName } from "../../client/new-task-file/task-file-name.ts";

describe("The name of a new task file", () => {
  it("names the class, too, and may be typed with its ending", () => {
    const expected = { file: "compress-log_files.task.ts", className: "CompressLogFiles" };
    assert.deepEqual(taskFileName("compress-log_files"), expected);
    assert.deepEqual(taskFileName(" compress-log_files.task.ts "), expected);
    assert.deepEqual(taskFileName("compressLogs.ts"), { file: "compressLogs.task.ts", className: "CompressLogs" });
  });

  it("is refused where no class could be named like it, or where it leads elsewhere", () => {
    for (const typed of ["", " ", "-a", "a-", "a--b", "2nd", "../up", "a/b", "a\\b", "a b", "a.b", "$x"]) {
      assert.equal(taskFileName(typed), undefined, typed);
    }
  });

  it("is proposed with a number where the file is there already", () => {
    const there = new Set(["a.task.ts", "a-2.task.ts"]);
    assert.equal(
      freeName("a", (file) => !there.has(file)),
      "a-3",
    );
    assert.equal(
      freeName("b", (file) => !there.has(file)),
      "b",
    );
  });
});
