import type { ReliabilityBin } from '../../forecast/reliability.js';
import { ChartFrame, type ChartText, type Point } from './chart-frame.js';
import { niceTicks } from './nice-ticks.js';

/** A line through points, filled down to the floor. */
export function lineChart(points: readonly Point[], text: ChartText): string {
  const frame = new ChartFrame(points);
  const path = points.map(([x, y]) => `${frame.x(x)},${frame.y(y)}`).join(' ');
  const [first] = points[0];
  const [last] = points[points.length - 1];
  const area = `${frame.x(first)},${frame.floor} ${path} ${frame.x(last)},${frame.floor}`;
  return frame.figure(
    `<polygon class="area" points="${area}"/><polyline class="line" points="${path}"/>`,
    text,
  );
}

/** Bars from zero, those below it in another colour. */
export function barChart(values: readonly number[], text: ChartText): string {
  const points = values.map((value, i): Point => [i + 0.5, value]);
  const frame = new ChartFrame([...points, [0, 0], [values.length, 0]]);
  const bars = points.map(([x, y]) => {
    const [top, bottom] = [Math.max(y, 0), Math.min(y, 0)].map((at) => frame.y(at));
    const left = frame.x(x - 0.38);
    const width = frame.x(x + 0.38) - left;
    return `<rect class="${y < 0 ? 'bar loss' : 'bar'}" x="${left}" y="${top}" width="${width.toFixed(2)}" height="${(bottom - top).toFixed(2)}"/>`;
  });
  const zero = `<line class="zero" x1="${frame.x(0)}" x2="${frame.x(values.length)}" y1="${frame.y(0)}" y2="${frame.y(0)}"/>`;
  return frame.figure(bars.join('') + zero, text);
}

/** Hit rates with an interval each against the diagonal on which chances mean what they say. */
export function reliabilityChart(
  bins: readonly ReliabilityBin[],
  text: Omit<ChartText, 'x'>,
): string {
  const ticks = niceTicks(
    0,
    Math.max(...bins.map(({ meanChance, high }) => Math.max(meanChance, high))),
  );
  const end = ticks[ticks.length - 1];
  const frame = new ChartFrame([
    [0, 0],
    [end, end],
  ]);
  const marks = bins.map(({ meanChance, hitRate, low, high }) => {
    const x = frame.x(meanChance);
    return `<line class="range" x1="${x}" x2="${x}" y1="${frame.y(low)}" y2="${frame.y(high)}"/><circle class="dot" cx="${x}" cy="${frame.y(hitRate)}" r="4"/>`;
  });
  const diagonal = `<line class="guide" x1="${frame.x(0)}" y1="${frame.y(0)}" x2="${frame.x(end)}" y2="${frame.y(end)}"/>`;
  const x = ticks.map((at) => ({ at, text: text.y(at) }));
  return frame.figure(diagonal + marks.join(''), { ...text, x });
}
