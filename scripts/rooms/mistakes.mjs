import { circlesIn } from "./circles.mjs";

/**
 * What the table of rooms does not allow, a line for each.
 *
 * @param {readonly import("./imports.mjs").Import[]} imports
 * @param {readonly import("./rooms.mjs").Room[]} rooms
 */
export function mistakesIn(imports, rooms) {
  return [
    ...imports.map((found) => [found, refusal(found, rooms)]).flatMap(([{ from, line }, why]) => (why ? [`${from}:${line} ${why}`] : [])),
    ...rooms.flatMap(({ path }) => circlesBelow(path, imports)),
  ];
}

/** Why a file may not import what it does; `undefined` when it may. */
function refusal({ from, to, isType }, rooms) {
  const room = roomOf(from, rooms);
  if (!room) return "is in no room of scripts/rooms/rooms.mjs.";
  if (to.startsWith("node:")) return room.isPure && !isType ? `imports ${to}: ${room.path} is pure and knows nothing of Node.` : undefined;
  const other = roomOf(to, rooms);
  if (other) {
    if (other === room || room.imports.includes(other.path)) return undefined;
    if (!room.types.includes(other.path)) return `imports ${to}: ${room.path} may not import ${other.path}.`;
    return isType ? undefined : `imports ${to}: ${room.path} may import types of ${other.path} only (import type).`;
  }
  if (to === "package.json" || /^client\/templates\//.test(from)) return undefined;
  const name = /^(@[^/]+\/)?[^/]+/.exec(to)?.[0];
  return room.packages.includes(name) ? undefined : `imports ${to}: ${room.path} may not import the package ${name}.`;
}

function roomOf(path, rooms) {
  return rooms.find((room) => path === room.path || path.startsWith(`${room.path}/`));
}

/**
 * Circles between the inner rooms of a folder, at each level. Files that stand in the folder itself count for neither side: they are what its
 * rooms share, and what puts them together.
 */
function circlesBelow(folder, imports) {
  const arrows = new Map();
  const inner = new Set();
  for (const { from, to } of imports) {
    const [one, other] = [childOf(folder, from), childOf(folder, to)];
    if (one) inner.add(one);
    if (!one || !other || one === other) continue;
    if (!arrows.has(one)) arrows.set(one, new Map());
    if (!arrows.get(one).has(other)) arrows.get(one).set(other, `${from} → ${to}`);
  }
  const circles = circlesIn(arrows).map((circle) => {
    const ties = circle.flatMap((one) => circle.map((other) => arrows.get(one)?.get(other)).filter(Boolean));
    return `${circle.join(", ")} import each other in a circle:\n  ${ties.join("\n  ")}`;
  });
  return [...circles, ...[...inner].flatMap((child) => circlesBelow(child, imports))];
}

/** The inner room of a folder that a file is in; `undefined` when it stands in the folder itself, or elsewhere. */
function childOf(folder, file) {
  if (!file.startsWith(`${folder}/`)) return undefined;
  const [child, ...rest] = file.slice(folder.length + 1).split("/");
  return rest.length > 0 ? `${folder}/${child}` : undefined;
}
