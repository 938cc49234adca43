// The prices of tokens that the user has entered, kept in this browser. The board ships none.
import { Setting } from "./setting.js";

/** The prices of a model, each per million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

/** Tokens that a batch or several batches used. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

const isPrice = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;

const setting = new Setting<Readonly<Record<string, Prices>>>("prices", (stored) => {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([, prices]: [string, Partial<Prices> | null]) => isPrice(prices?.input) && isPrice(prices?.output),
    ),
  );
});

/** Dispatches `change` when prices change. */
export const priceChanges: EventTarget = setting;

/** The prices of a model; `undefined` until the user has entered them. */
export const pricesOf = (model: string): Prices | undefined =>
  Object.hasOwn(setting.value, model) ? setting.value[model] : undefined;

/** Sets the prices of a model, or removes them. */
export function setPrices(model: string, prices: Prices | undefined): void {
  const { [model]: _, ...others } = setting.value;
  setting.value = prices ? { ...others, [model]: prices } : others;
}

/** The cost of tokens. */
export const costOf = ({ input, output }: Tokens, prices: Prices): number =>
  (input * prices.input + output * prices.output) / 1_000_000;

const amount = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const small = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });

/** Formats a cost, in the currency of the entered prices. */
export const formatCost = (cost: number): string => (cost > 0 && cost < 0.01 ? small : amount).format(cost);
