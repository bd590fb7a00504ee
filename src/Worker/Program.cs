using Orkestron.Agents.Isolation;

// The child process in which untrusted work runs. The node starts it and speaks to it over its standard streams.
WorkerProgram.Run();
