// The theme of the site: that of VitePress, with the elements of the package and the pages' components.
import "batchlight/elements/define";
import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import ElementWorkshop from "./ElementWorkshop.vue";
import HeroCard from "./HeroCard.vue";
import PlaygroundPage from "./PlaygroundPage.vue";
import "./style.css";

const theme: Theme = {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "home-hero-image": () => h(HeroCard) }),
  enhanceApp({ app }) {
    app.component("ElementWorkshop", ElementWorkshop);
    app.component("PlaygroundPage", PlaygroundPage);
  },
};

export default theme;
