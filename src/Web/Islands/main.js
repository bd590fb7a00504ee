import "./copy.js";
import "./run.js";
import "./task.js";
//# sourceMappingURL=main.js.map