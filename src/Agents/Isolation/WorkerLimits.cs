namespace Orkestron.Agents.Isolation;

/// <summary>What one call may use.</summary>
/// <param name="MemoryMebibytes">Resident memory of its process.</param>
/// <param name="Processor">Processor time of all its threads together.</param>
/// <param name="Clock">Time by the clock.</param>
internal sealed record WorkerLimits(int MemoryMebibytes, TimeSpan Processor, TimeSpan Clock);
