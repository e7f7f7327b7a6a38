export { BundlePositions, type SourcePosition } from "./bundle-positions.ts";
export { type CaptureError, createErrorCapture, type ErrorCaptureOptions } from "./error-capture.ts";
export { mapPositions } from "./map-positions.ts";
