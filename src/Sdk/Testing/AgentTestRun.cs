using System.Text.Json;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>Result of a run in a test, with its progress.</summary>
public sealed record AgentTestRun
{
    /// <summary>The output; null when there is none.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed or was refused; null when it was not.</summary>
    public string? Code { get; init; }

    /// <summary>The message that the user would see.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the agent refused the input.</summary>
    public bool Refused { get; init; }

    /// <summary>Whether the run was suspended: answer the question or advance the clock, and run again.</summary>
    public bool Suspended { get; init; }

    /// <summary>The partial output.</summary>
    public string Text { get; init; } = "";

    /// <summary>The progress, in order.</summary>
    public IReadOnlyList<TestProgress> Progress { get; init; } = [];

    /// <summary>The output as a type.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says why.</exception>
    public T As<T>() => Output is { } output
        ? output.Deserialize<T>(SdkJson.Agents)!
        : throw new InvalidOperationException($"The run gave no answer: {Code ?? (Suspended ? "suspended" : "nothing")} {Message}");
}

/// <summary>A line of progress.</summary>
/// <param name="Percent">0 to 100, or null.</param>
/// <param name="Message">The line.</param>
public sealed record TestProgress(double? Percent, string Message);
