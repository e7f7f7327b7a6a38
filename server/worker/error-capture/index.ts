export { BundlePositions, type BundlePositionsOptions } from "./bundle-positions.ts";
export { type CaptureError, createErrorCapture, type ErrorCaptureOptions } from "./error-capture.ts";
export { createStackTextMapper, mapPositions } from "./map-positions.ts";
export type { SourcePosition } from "./source-position.ts";
export { rememberThrownPlaces } from "./thrown-places.ts";
