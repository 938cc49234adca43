// The board: a page built on the npm package as any user would build one.
import "./shared/styles/tokens.css";
import "./shared/styles/page.css";
import "./shared/styles/controls.css";
import "./shared/styles/panels.css";
import "./shared/styles/progress.css";
import "./shared/styles/media.css";
import "./app/help.css";
import "./app/app.js";
