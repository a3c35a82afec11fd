export { fleetExecutor } from './fleet-executor.js';
export type { FleetExecutorOptions } from './fleet-options.js';
export type { FleetRateBudget, FleetRateBudgetOptions } from './fleet-rate-budget.js';
export { fleetRateBudget } from './fleet-rate-budget.js';
export type { FleetStatus } from './fleet-status.js';
export { fleetStatus } from './fleet-status.js';
export { startFleetWorker } from './fleet-worker.js';
export type { FleetWorker, FleetWorkerOptions } from './worker-options.js';
