using System.Text.Json;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>How a run in a test ended, and what it told.</summary>
public sealed record AgentTestRun
{
    /// <summary>The answer; null when there is none.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed or was refused; null when it was not.</summary>
    public string? Code { get; init; }

    /// <summary>What the user would read of that.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the agent refused the input.</summary>
    public bool Refused { get; init; }

    /// <summary>Whether the run ended to go on later: answer the question or advance the clock, and run again.</summary>
    public bool Suspended { get; init; }

    /// <summary>The partial output.</summary>
    public string Text { get; init; } = "";

    /// <summary>The progress, in order.</summary>
    public IReadOnlyList<TestProgress> Progress { get; init; } = [];

    /// <summary>The answer as a type.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says why.</exception>
    public T As<T>() => Output is { } output
        ? output.Deserialize<T>(SdkJson.Agents)!
        : throw new InvalidOperationException($"The run gave no answer: {Code ?? (Suspended ? "suspended" : "nothing")} {Message}");
}

/// <summary>A line of progress.</summary>
/// <param name="Percent">0 to 100, or null.</param>
/// <param name="Message">The line.</param>
public sealed record TestProgress(double? Percent, string Message);
