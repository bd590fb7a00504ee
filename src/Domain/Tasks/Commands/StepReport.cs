using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>Where an attempt stands. Merged: it carries what changed since the report before.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-report")]
public sealed record StepReport
{
    [Id(0)]
    public required int StepId { get; init; }

    [Id(1)]
    public required int Attempt { get; init; }

    /// <summary>Place in the queue, 1 for the next; null once it works.</summary>
    [Id(2)]
    public int? QueuePosition { get; init; }

    /// <summary>When the agent began; null while it waits.</summary>
    [Id(3)]
    public DateTimeOffset? StartedAt { get; init; }

    [Id(4)]
    public double? Percent { get; init; }

    [Id(5)]
    public string? Message { get; init; }

    /// <summary>Where <see cref="Text"/> begins within the partial output, in characters.</summary>
    [Id(6)]
    public int TextOffset { get; init; }

    /// <summary>New partial output, or null.</summary>
    [Id(7)]
    public string? Text { get; init; }

    /// <summary>Whether the run may have begun before <see cref="StartedAt"/>: its worker had it from an earlier activation.</summary>
    [Id(8)]
    public bool Continues { get; init; }

    /// <summary>Whether it waits for its provider: none of whose processes is connected.</summary>
    [Id(61)]
    public bool Away { get; init; }

    /// <summary>While away: when a process of the provider was connected last; null for never.</summary>
    [Id(62)]
    public DateTimeOffset? LastSeenAt { get; init; }
}
