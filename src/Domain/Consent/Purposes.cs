using System.Collections.Immutable;

namespace Orkestron.Domain.Consent;

/// <summary>The purposes of section 04 of the privacy policy, and which of them rest on consent.</summary>
public static class Purposes
{
    public const string Operate = "operate";
    public const string ExecuteTasks = "execute-tasks";
    public const string Evaluate = "evaluate";
    public const string Payments = "payments";
    public const string Improve = "improve";
    public const string PreventFraud = "prevent-fraud";
    public const string Legal = "legal";

    /// <summary>All seven.</summary>
    public static ImmutableArray<string> All { get; } =
        [Operate, ExecuteTasks, Evaluate, Payments, Improve, PreventFraud, Legal];

    /// <summary>Those that happen only with consent.</summary>
    public static ImmutableArray<string> Optional { get; } = [Evaluate, Improve];
}
