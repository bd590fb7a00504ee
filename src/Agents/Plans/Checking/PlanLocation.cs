using Orkestron.Contracts;
namespace Orkestron.Agents.Plans.Checking;

/// <summary>Where a value is written in a plan, and where within what a reference brings.</summary>
/// <param name="Path">A JSON Pointer into the plan.</param>
internal readonly record struct PlanLocation(string Path)
{
    private string Within { get; init; } = "";

    private bool Fixed { get; init; }

    /// <summary>Says where within what the reference brings, as the beginning of a sentence.</summary>
    public string Where => Within is { Length: > 0 } within ? $"Within what this refers to, at {within}: " : "";

    /// <summary>What is below is not written in the plan, but comes by a reference.</summary>
    public PlanLocation Referred() => this with { Fixed = true };

    public PlanLocation Down(string name) => Fixed
        ? this with { Within = $"{Within}/{JsonPointer.Escape(name)}" }
        : this with { Path = $"{Path}/{JsonPointer.Escape(name)}" };

    public PlanLocation Inside(string what) => this with { Within = Within.Length > 0 ? $"{Within}, {what}" : what };
}
