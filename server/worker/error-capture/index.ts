export { BundlePositions, type BundlePositionsOptions, type SourcePosition } from "./bundle-positions.ts";
export { type CaptureError, createErrorCapture, type ErrorCaptureOptions } from "./error-capture.ts";
export { createStackTextMapper, mapPositions } from "./map-positions.ts";
export { rememberThrownPlaces } from "./thrown-places.ts";
