import "./copy.js";
import "./file.js";
import "./focus.js";
import "./proof.js";
import "./run.js";
import "./task.js";
import "./time.js";
