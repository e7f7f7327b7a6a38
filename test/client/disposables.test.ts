import assert from "node:assert/strict";
import { Disposables } from "../../client/disposables.ts";

describe("Disposables", () => {
  let disposed: string[];
  let disposables: Disposables;
  beforeEach(() => {
    disposed = [];
    disposables = new Disposables();
  });
  const named = (name: string) => ({ dispose: () => disposed.push(name) });

  it("are disposed of once, the last one first", () => {
    for (const name of ["first", "second", "third"]) disposables.add(named(name));
    disposables.dispose();
    disposables.dispose();
    assert.deepEqual(disposed, ["third", "second", "first"]);
  });

  it("are disposed of at once when they are added too late", () => {
    disposables.dispose();
    const late = named("late");
    assert.equal(disposables.add(late), late);
    assert.deepEqual(disposed, ["late"]);
  });
});
