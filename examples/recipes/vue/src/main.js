import { createApp } from "vue";
import Job from "./Job.vue";

createApp(Job, { id: "batch_1" }).mount("#app");
