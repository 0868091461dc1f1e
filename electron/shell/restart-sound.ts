import type { App } from 'electron';

/**
 * Ends Chromium's process for sound; the next sound starts it anew. It connects to the system's
 * sound server only when it starts: one that was restarted meanwhile is lost to it.
 */
export function restartSound(app: App): void {
  for (const { serviceName, pid } of app.getAppMetrics()) {
    if (serviceName === 'audio.mojom.AudioService') process.kill(pid);
  }
}
