import { createApp } from "vue";
import App from "./App.vue";
import "../../shared/page.css";

createApp(App).mount("#app");
