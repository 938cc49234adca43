// The theme of the site: that of VitePress, with the elements of the package and the pages' components.
import "batchlight/elements/define";
import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import ElementWorkshop from "./ElementWorkshop.vue";
import PageLayout from "./PageLayout.vue";
import PlaygroundPage from "./PlaygroundPage.vue";
import ThemeExample from "./ThemeExample.vue";
import "./style.css";

const theme: Theme = {
  extends: DefaultTheme,
  Layout: PageLayout,
  enhanceApp({ app }) {
    app.component("ElementWorkshop", ElementWorkshop);
    app.component("PlaygroundPage", PlaygroundPage);
    app.component("ThemeExample", ThemeExample);
  },
};

export default theme;
