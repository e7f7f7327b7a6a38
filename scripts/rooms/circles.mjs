/**
 * Groups of nodes each of which can be reached from each other (Tarjan's algorithm); single nodes are left out.
 *
 * @param {ReadonlyMap<string, ReadonlyMap<string, unknown>>} arrows by the node that they leave.
 * @returns {string[][]}
 */
export function circlesIn(arrows) {
  const circles = [];
  const order = new Map();
  const lowest = new Map();
  const open = [];
  const visit = (node) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node));
    open.push(node);
    for (const next of arrows.get(node)?.keys() ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node), lowest.get(next)));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of arrows.keys()) if (!order.has(node)) visit(node);
  return circles;
}
