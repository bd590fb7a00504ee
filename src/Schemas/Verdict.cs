using Orkestron.Schemas.Checking;

namespace Orkestron.Schemas;

/// <summary>What came of a check.</summary>
/// <param name="Faults">What is wrong, at most 20; none when the value fits.</param>
/// <param name="Undeclared">What no part of the schema speaks of, as JSON Pointers, when it was asked for.</param>
/// <param name="Declared">The value without that, as UTF-8 JSON; null when nothing is left out.</param>
public sealed record Verdict(IReadOnlyList<Fault> Faults, IReadOnlyList<string> Undeclared, byte[]? Declared)
{
    internal static Verdict Fine { get; } = new([], [], null);

    internal static Verdict Of(string message) => new([new Fault("", "", message, "")], [], null);
}
