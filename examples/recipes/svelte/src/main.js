import { mount } from "svelte";
import Job from "./Job.svelte";

mount(Job, { target: document.querySelector("#app"), props: { id: "batch_1" } });
