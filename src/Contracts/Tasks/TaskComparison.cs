namespace Orkestron.Contracts.Tasks;

/// <summary>Two runs beside each other.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Input">Where their inputs differ, the first 40 values; null when one has none.</param>
/// <param name="Result">Where their results differ, the first 40 values; null when one has none.</param>
/// <param name="Steps">Their steps by place in the code, the root first.</param>
public sealed record TaskComparison(
    ComparedTask First,
    ComparedTask Second,
    IReadOnlyList<ValueDifference>? Input,
    IReadOnlyList<ValueDifference>? Result,
    IReadOnlyList<StepComparison> Steps);

/// <summary>A run that is compared.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version agreed at submission.</param>
/// <param name="State">The task's state.</param>
/// <param name="CreatedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Charged">Paid; 0 until settled.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Reused">How many of them took over a recorded answer.</param>
public sealed record ComparedTask(
    Guid Id,
    string Agent,
    string AgentVersion,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    Tokens Charged,
    int Steps,
    int Reused);

/// <summary>A value that differs.</summary>
/// <param name="Path">Where, as a JSON Pointer; empty for the whole.</param>
/// <param name="First">As text, cut after 300 characters; null when there is none.</param>
/// <param name="Second">The same of the second.</param>
public sealed record ValueDifference(string Path, string? First, string? Second);

/// <summary>The same place in two runs.</summary>
/// <param name="Place">The places from the root down to it, each a key of its caller's code; empty for the root.</param>
/// <param name="First">The step there; null when the first run has none.</param>
/// <param name="Second">The same of the second.</param>
/// <param name="Differences">
/// Of <c>agent</c>, <c>version</c>, <c>state</c>, <c>failure</c>, <c>input</c>, <c>answer</c>, <c>only in the first</c> and
/// <c>only in the second</c>; empty when nothing differs. Times and costs are not compared.
/// </param>
public sealed record StepComparison(
    IReadOnlyList<string> Place, ComparedStep? First, ComparedStep? Second, IReadOnlyList<string> Differences);

/// <summary>A step that is compared.</summary>
/// <param name="Id">Its number in its task.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version that ran.</param>
/// <param name="State">The step's state.</param>
/// <param name="FailureCode">Why it failed; null otherwise.</param>
/// <param name="StartedAt">When its attempt began; null before.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Cost">Charged.</param>
/// <param name="ReusedFrom">The step whose answer it took over; null when it ran.</param>
public sealed record ComparedStep(
    int Id,
    string Agent,
    string AgentVersion,
    string State,
    string? FailureCode,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    Tokens Cost,
    StepReference? ReusedFrom);
