using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Common;

/// <summary>Limits of the built-in agents, section <c>Orkestron:Agents</c>.</summary>
public sealed class AgentsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Agents";

    /// <summary>How many runs may use the processor at once, over all built-in agents. Runs, default 2.</summary>
    [Range(1, 256)]
    public int MaxParallelWork { get; set; } = 2;

    /// <summary>Processor threads of one embedding batch. Threads, default 2.</summary>
    [Range(1, 64)]
    public int EmbeddingThreads { get; set; } = 2;

    /// <summary>Texts embedded in one batch; cancellation and progress are between batches. Texts, default 16.</summary>
    [Range(1, 256)]
    public int EmbeddingBatch { get; set; } = 16;

    /// <summary>Memory DuckDB may use for one CSV run. Mebibytes, default 128.</summary>
    [Range(16, 4096)]
    public int CsvMemoryMebibytes { get; set; } = 128;

    /// <summary>How long one SQL statement may run. Seconds, default 10.</summary>
    [Range(1, 300)]
    public int CsvTimeoutSeconds { get; set; } = 10;

    /// <summary>Memory of a script's objects, and of its buffers. Mebibytes, default 32.</summary>
    [Range(4, 512)]
    public int ScriptMemoryMebibytes { get; set; } = 32;

    /// <summary>Processor time that a script may take; where it is interpreted, time by the clock. Seconds, default 5.</summary>
    [Range(1, 60)]
    public int ScriptTimeoutSeconds { get; set; } = 5;

    /// <summary>How many statements a script may execute where it is interpreted, not compiled. Statements, default 2,000,000.</summary>
    [Range(1_000, 100_000_000)]
    public int ScriptStatements { get; set; } = 2_000_000;

    /// <summary>Processor time that the conversion of one document may take. Seconds, default 10.</summary>
    [Range(1, 300)]
    public int DocumentTimeoutSeconds { get; set; } = 10;
}
