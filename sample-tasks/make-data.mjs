// Creates the data the sample tasks work on, always the same: `node make-data.mjs` writes data/ beside this file. Other files in it stay,
// and files that a task moved or deleted are restored.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const data = join(import.meta.dirname, "data");
const DAY = 86_400_000;

/** Path, method, average response size in bytes. Busy ones are listed more than once. */
const PATHS = [
  ["/", "GET", 18_200],
  ["/", "GET", 18_200],
  ["/", "GET", 18_200],
  ["/products", "GET", 32_900],
  ["/products", "GET", 32_900],
  ["/cart", "GET", 7_400],
  ["/cart/items", "POST", 310],
  ["/checkout", "POST", 1_250],
  ["/login", "POST", 420],
  ["/search", "GET", 24_700],
  ["/search", "GET", 24_700],
  ["/api/stock", "GET", 960],
  ["/assets/app.js", "GET", 211_000],
  ["/healthz", "GET", 15],
];
/** Reserved for documentation by RFC 5737: these addresses belong to no one. */
const NETWORKS = ["192.0.2", "198.51.100", "203.0.113"];
const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36",
  "curl/8.17.0",
];
/** Name, price in cents. */
const ITEMS = [
  ["teapot", 3_490],
  ["cup", 890],
  ["saucer", 450],
  ["green tea, 100 g", 1_240],
  ["black tea, 250 g", 1_890],
  ["honey", 760],
];

const logs = makeLogs(new Date("2026-03-01T00:00:00Z"), 16 * 24);
const orders = makeOrders(60, 40);
const archives = makeArchives(new Date("2025-03-01T00:00:00Z"), 365);
writeFileSync(join(data, "settings.json"), '{\n  "compression": 9,\n  "keep": 30,\n}\n');

console.log(`${logs.files} logs (${(logs.bytes / 1e6).toFixed(0)} MB), ${orders} order files, ${archives} archives, 1 settings file`);

/** One access log per hour, in the combined format of Apache and nginx. */
function makeLogs(start, hours) {
  mkdirSync(join(data, "logs"), { recursive: true });
  let bytes = 0;
  for (let hour = 0; hour < hours; hour++) {
    const from = start.getTime() + hour * 3_600_000;
    const text = accessLog(seeded(hour), from, 300 + Math.round(400 * daylight(hour % 24)));
    writeFileSync(join(data, "logs", `access-${new Date(from).toISOString().slice(0, 13).replace("T", "-")}.log`), text);
    bytes += text.length;
  }
  return { files: hours, bytes };
}

function accessLog(random, from, lines) {
  const step = 3_600_000 / lines;
  let text = "";
  for (let line = 0; line < lines; line++) {
    const [path, method, averageBytes] = pick(random, PATHS);
    const status = random() < 0.015 ? 503 : random() < 0.04 ? 404 : method === "POST" ? 201 : 200;
    const bytes = status >= 400 ? 162 : Math.round(averageBytes * (0.5 + random()));
    const query = random() < 0.3 && method === "GET" ? `?page=${1 + Math.floor(random() * 40)}` : "";
    const time = logTime(new Date(from + line * step));
    const address = `${pick(random, NETWORKS)}.${1 + Math.floor(random() * 254)}`;
    text += `${address} - - [${time}] "${method} ${path}${query} HTTP/1.1" ${status} ${bytes} "-" "${pick(random, AGENTS)}"\n`;
  }
  return text;
}

/** One file per shop, one order per line. The upload of one file was cut off in the middle of a line. */
function makeOrders(files, ordersPerFile) {
  mkdirSync(join(data, "orders"), { recursive: true });
  for (let file = 1; file <= files; file++) {
    const random = seeded(10_000 + file);
    const shop = String(file).padStart(3, "0");
    let text = "";
    for (let number = 1; number <= ordersPerFile; number++) {
      const [item, price] = pick(random, ITEMS);
      text += `${JSON.stringify({ id: `${shop}-${1000 + number}`, item, quantity: 1 + Math.floor(random() * 5), price })}\n`;
    }
    writeFileSync(join(data, "orders", `shop-${shop}.jsonl`), file === 27 ? text.slice(0, -25) : text);
  }
  return files;
}

/** One small archive per day. */
function makeArchives(start, days) {
  mkdirSync(join(data, "archives"), { recursive: true });
  for (let day = 0; day < days; day++) {
    const from = start.getTime() + day * DAY;
    const name = `${new Date(from).toISOString().slice(0, 10)}.log.gz`;
    writeFileSync(join(data, "archives", name), gzipSync(accessLog(seeded(20_000 + day), from, 20)));
  }
  return days;
}

/** From 0 at night to 1 at noon. */
function daylight(hour) {
  return (1 - Math.cos((hour / 24) * 2 * Math.PI)) / 2;
}

function logTime(date) {
  const [, day, month, year, time] = date.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

function pick(random, values) {
  return values[Math.floor(random() * values.length)];
}

/** Mulberry32: small, fast, and the same numbers everywhere for the same seed. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
