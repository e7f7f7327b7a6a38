#!/usr/bin/env node
import { keepCompiledCode } from "../start/compile-cache.ts";

keepCompiledCode();
const { runProgram } = await import("./program.ts");
process.exitCode = await runProgram(process.argv.slice(2));
