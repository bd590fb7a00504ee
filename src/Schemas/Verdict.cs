using Orkestron.Schemas.Checking;

namespace Orkestron.Schemas;

/// <summary>The result of a check.</summary>
/// <param name="Faults">The faults, at most 20; empty when the value fits.</param>
/// <param name="Undeclared">Members and items that the schema does not declare, as JSON Pointers, when asked for.</param>
/// <param name="Declared">The value without them, as UTF-8 JSON; null when nothing is left out.</param>
public sealed record Verdict(IReadOnlyList<Fault> Faults, IReadOnlyList<string> Undeclared, byte[]? Declared)
{
    internal static Verdict Fine { get; } = new([], [], null);

    internal static Verdict Of(string message) => new([new Fault("", "", message, "")], [], null);
}
