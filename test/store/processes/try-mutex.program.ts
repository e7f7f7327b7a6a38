// Tries to take a mutex, and says whether it is held.
import * as fs from "node:fs";
import { TickMutex } from "../../../server/store/mutex/tick-mutex.ts";

const mutex = new TickMutex(fs, process.argv[2] ?? "");
const claim = await mutex.take();
const holder = claim ? null : await mutex.holder();
await claim?.release();
console.log(JSON.stringify({ isHeld: claim === null, isVerifiable: holder?.verifiable ?? null }));
