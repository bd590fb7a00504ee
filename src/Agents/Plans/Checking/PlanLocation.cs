using Orkestron.Contracts;
namespace Orkestron.Agents.Plans.Checking;

/// <summary>A location in a plan, or within the value that a reference there stands for.</summary>
/// <param name="Path">A JSON Pointer into the plan.</param>
internal readonly record struct PlanLocation(string Path)
{
    private string Within { get; init; } = "";

    private bool Fixed { get; init; }

    /// <summary>The location within the referenced value, as the beginning of a sentence.</summary>
    public string Where => Within is { Length: > 0 } within ? $"Within what this refers to, at {within}: " : "";

    /// <summary>Locations below are within the referenced value.</summary>
    public PlanLocation Referred() => this with { Fixed = true };

    public PlanLocation Down(string name) => Fixed
        ? this with { Within = $"{Within}/{JsonPointer.Escape(name)}" }
        : this with { Path = $"{Path}/{JsonPointer.Escape(name)}" };

    public PlanLocation Inside(string what) => this with { Within = Within.Length > 0 ? $"{Within}, {what}" : what };
}
