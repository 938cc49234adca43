// The entry for files. Carries their module, a second one: nobody who only looks at batches loads it.
export * from "../files/index.js";
