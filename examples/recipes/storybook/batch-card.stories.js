// Every state of a batch, without a server: `scenarios` has a plan and a time for each.
import "batchlight/elements/define";
import { scenarios, simulateBatch } from "batchlight/mock";

export default {
  title: "Batch card",
  argTypes: { scenario: { control: "select", options: Object.keys(scenarios) } },
  render: ({ scenario }) => {
    const { plan, now } = scenarios[scenario];
    const card = document.createElement("batch-card");
    card.batch = simulateBatch(plan, now);
    card.now = now; // The same picture every day.
    return card;
  },
};

export const Running = { args: { scenario: "in_progress" } };
export const Succeeded = { args: { scenario: "succeeded" } };
export const PartiallyFailed = { args: { scenario: "partially_failed" } };
export const AllFailed = { args: { scenario: "all_failed" } };
export const Rejected = { args: { scenario: "rejected" } };
export const Expired = { args: { scenario: "expired_partial" } };
