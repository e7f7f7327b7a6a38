import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

/** Of WCAG 2.2, for text and for graphics. */
const LEAST_TEXT_CONTRAST = 4.5;
const LEAST_ICON_CONTRAST = 3;

for (const [theme, kind] of [
  ["Default High Contrast", "hc-black"],
  ["Default High Contrast Light", "hc-light"],
] as const) {
  describe(`In the theme ${theme}`, () => {
    const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples, settings: { "workbench.colorTheme": theme } });

    it("text and icons of tasks, waiting and failed, stand out from what is behind them", async () => {
      const { workbench, folder } = window;
      await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "failing");
      await folder.cli("tick");
      await folder.create("TrafficReport", { logs: "data/logs", report: "results/traffic.md" }, "--name", "waiting");
      await workbench.showTasks();
      await workbench.tasks.row("ApplySettings").waitFor();
      await workbench.tasks.row("waiting").waitFor();
      await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
      const background = await workbench.tasks.background();
      for (const [what, least, elements] of [
        ["text", LEAST_TEXT_CONTRAST, workbench.tasks.rows.locator(".label-name, .label-description")],
        ["icon", LEAST_ICON_CONTRAST, workbench.tasks.rows.locator(".custom-view-tree-node-item-icon")],
      ] as const) {
        const colours = await workbench.tasks.coloursOf(elements);
        assert.ok(colours.length > 0, `there is no ${what}`);
        for (const colour of colours) {
          const contrast = contrastOf(colour, background);
          assert.ok(contrast >= least, `${what} of ${colour} on ${background} has a contrast of ${contrast.toFixed(1)}`);
        }
      }
    });
  });
}

/** Of two opaque colours as `getComputedStyle` writes them: "rgb(1, 2, 3)". */
function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((text) => {
    const value = Number(text) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
