/** Bundled as text (`with { type: "text" }`). The suffix keeps the compiler from reading a template as a module. */
declare module "*?text" {
  const text: string;
  export default text;
}
