namespace Orkestron.Agents.Tests.Isolation;

/// <summary>Tests of child processes run alone: what others load at the same time would count as memory that a bomb took.</summary>
[CollectionDefinition("Child processes", DisableParallelization = true)]
public sealed class ChildProcesses;
