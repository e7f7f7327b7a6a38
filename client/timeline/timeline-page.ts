import { outcomeInWords } from "../../server/words/outcome-words.ts";
import { durationInWords, fullMoment } from "../../server/words/time-words.ts";
import { visibleText } from "../../server/words/visible-text.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { Timeline, TimelineBar, TimelineRow, TimelineSubject } from "./timeline.ts";

const STYLE = `
body { font: var(--vscode-font-size) var(--vscode-font-family); color: var(--vscode-foreground); padding: 1em 1.5em; }
h1 { font-size: 1.3em; font-weight: 600; }
h1 small { font-weight: 400; opacity: 0.7; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 400; white-space: nowrap; padding: 0.35em 1em 0.35em 0; vertical-align: top; }
th small { display: block; opacity: 0.7; }
td { width: 100%; padding: 0.35em 0; border-top: 1px solid var(--vscode-editorWidget-border, transparent); }
svg { display: block; width: 100%; height: 1.6em; overflow: visible; }
rect { fill: var(--vscode-testing-iconPassed); stroke: var(--vscode-contrastBorder, transparent); }
rect.failed { fill: var(--vscode-testing-iconFailed); }
ol { margin: 0.3em 0 0.6em; padding-left: 1.6em; }
li { opacity: 0.9; } li.failed { color: var(--vscode-errorForeground); }
.axis { display: flex; justify-content: space-between; opacity: 0.7; }`;

/** Returns a page without scripts that shows attempts as bars and as text. */
export function timelinePage(subject: TimelineSubject, timeline: Timeline, wording: Wording): string {
  const rows = timeline.rows.map((row) => rowMarkup(row, wording)).join("");
  const isEmpty = timeline.rows.every(({ bars }) => bars.length === 0);
  const axis = isEmpty
    ? `<p>${escapeMarkup(wording.t("No action of this task has been executed yet."))}</p>`
    : `<tr><th></th><td class="axis"><span>${escapeMarkup(moment(timeline.from, wording))}</span><span>${escapeMarkup(moment(timeline.to, wording))}</span></td></tr>`;
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(subject.name)}</title><style>${STYLE}</style></head>
<body><h1>${escapeMarkup(subject.name)} <small>${escapeMarkup(subject.class)}</small></h1>
${isEmpty ? axis : ""}<table>${isEmpty ? "" : axis}${rows}</table></body></html>`;
}

function rowMarkup({ name, state, bars }: TimelineRow, wording: Wording): string {
  const drawn = bars.map(barMarkup).join("");
  const told = bars.map((bar, index) => attemptMarkup(bar, index + 1, wording)).join("");
  const list = told === "" ? "" : `<ol>${told}</ol>`;
  return `<tr><th scope="row">${escapeMarkup(name)}<small>${escapeMarkup(stateInWords(state, wording))}</small></th><td><svg aria-hidden="true">${drawn}</svg>${list}</td></tr>`;
}

function barMarkup({ start, length, failure }: TimelineBar): string {
  // At least half a percent wide, so that short attempts stay visible.
  const width = Math.max(0.5, 100 * length);
  const x = Math.min(100 * start, 100 - width);
  return `<rect x="${x.toFixed(3)}%" y="15%" width="${width.toFixed(3)}%" height="70%" rx="2"${failure === undefined ? "" : ' class="failed"'}/>`;
}

function attemptMarkup({ startedAt, durationMs, failure }: TimelineBar, number: number, wording: Wording): string {
  const text = wording.t("Attempt {0}: {1}, ran for {2}", number, fullMoment(startedAt, wording), durationInWords(durationMs, wording));
  return `<li${failure === undefined ? "" : ' class="failed"'}>${escapeMarkup(text)}${failure === undefined ? "" : ` — ${escapeMarkup(failure)}`}</li>`;
}

function stateInWords(state: TimelineRow["state"], wording: Wording): string {
  if (state === "under-way") return wording.t("in progress");
  return state === "waiting" ? wording.t("waiting") : outcomeInWords(state, wording);
}

function moment(at: number, wording: Wording): string {
  return fullMoment(new Date(at).toISOString(), wording);
}

function escapeMarkup(text: string): string {
  return visibleText(text, "\n\t").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
