// Runs built test files with mocha, in a process of their own. Which ones comes as a message, so that a process can be ready before it is
// known: `{ files, options, environment }`, absolute paths, options of mocha's constructor, and variables.
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import Mocha from "mocha";

const [{ files, options, environment }] = await once(process, "message");
// Tests and what they start see no parent. Node needs the channel until it has handed the message over.
await setImmediate();
process.disconnect();
Object.assign(process.env, environment);
const mocha = new Mocha(options);
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
mocha.run((failures) => {
  // Not at once: a process that something keeps alive after its tests is a defect to be seen.
  process.exitCode = failures > 0 ? 1 : 0;
});
