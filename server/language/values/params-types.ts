import * as ts from "typescript";
import { memberNamed } from "../syntax/members.ts";
import { type Family, superclassOf } from "../workspace/class-family.ts";
import { scopeOf, type TypeArguments, type TypeInScope } from "./type-refusal.ts";

/** The types a class gives its params: the type argument of our base class, followed through its superclasses, and `params: …`. */
export function paramsTypes({ line }: Pick<Family, "line">): TypeInScope[] {
  const found: TypeInScope[] = [];
  const [first] = line;
  // The class's own type parameters are unknown here.
  let scope: TypeArguments = new Map((first?.class.node.typeParameters ?? []).map(({ name }) => [ts.idText(name), undefined]));
  for (const [index, { module, class: declared }] of line.entries()) {
    const params = memberNamed(declared.node, "params", { isStatic: false });
    if (params && ts.isPropertyDeclaration(params) && params.type) found.push({ module, scope, node: params.type });
    const given = superclassOf(declared)?.typeArguments ?? [];
    const parent = line[index + 1];
    if (parent) scope = scopeOf(parent.class.node.typeParameters, given, { module, scope });
    else if (given[0]) found.push({ module, scope, node: given[0] });
  }
  return found;
}
