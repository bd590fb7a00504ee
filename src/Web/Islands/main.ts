import "./copy.js";
import "./file.js";
import "./run.js";
import "./task.js";
