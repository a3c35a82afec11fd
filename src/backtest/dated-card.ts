import type { ModelCard } from '../forecast/model-card.js';

/** A model card, and the moment from which decisions are taken with it, epoch milliseconds. */
export interface DatedCard {
  readonly from: number;
  readonly card: ModelCard;
}
