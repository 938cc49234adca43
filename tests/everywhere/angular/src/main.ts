import { CUSTOM_ELEMENTS_SCHEMA, Component } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import * as api from "batchlight";
import "batchlight/elements/define";
import { batch, now } from "../batch.js";
import { workload } from "../workload.js";

@Component({
  selector: "app-root",
  template: `<batch-card [batch]="batch" [now]="now"></batch-card>`,
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
})
class App {
  readonly batch = batch;
  readonly now = now;
}

await bootstrapApplication(App);
Object.assign(globalThis, { workload: await workload(api) });
