export type {
  Alert,
  AlertChange,
  AlertId,
  AlertLimits,
  AlertRule,
  AlertSeverity,
} from './alert.js';
export type { AlertOverrides } from './alert-rules.js';
export { ALERT_RULES } from './alert-rules.js';
export type { KeeperOptions, ScannerFactory } from './keeper-options.js';
export type { LoadStep } from './load-ladder.js';
export type { ProcessUsage } from './process-usage.js';
export type { Recovery, RecoveryAction } from './recovery.js';
export type { ServiceEvents, ServiceMetrics, ServiceStatus } from './service-status.js';
export type { Service, ServiceOptions } from './start-service.js';
export { startService } from './start-service.js';
