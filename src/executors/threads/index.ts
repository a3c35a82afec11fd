export type { ModuleExport } from '../remote/module-export.js';
export type { ThreadExecutorOptions } from './thread-executor.js';
export { threadExecutor } from './thread-executor.js';
export type { ThreadScannerSpec } from './thread-task.js';
