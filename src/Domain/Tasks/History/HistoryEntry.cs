
namespace Orkestron.Domain.Tasks;

/// <summary>What is recorded at a place in an agent's code. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Until">When a wait ends.</param>
/// <param name="Content">The question, or the value.</param>
/// <param name="Version">The event in the task's log that recorded it: what came first has the smaller one.</param>
internal sealed record HistoryEntry(HistoryKind Kind, DateTimeOffset At, DateTimeOffset? Until, Payload? Content, long Version)
{
    /// <summary>The place of a wait that nobody waits for: when it ends, the step that recorded it is too late.</summary>
    public const string DeadlineKey = "once.deadline";

    /// <summary>The owner's answer; null while there is none, or when its owner was erased.</summary>
    public Payload? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Where in the answer stood what the agent does not get, as <see cref="StepTrimmed"/> has it; null for nothing.</summary>
    public Payload? Dropped { get; init; }

    /// <summary>The message that was taken here.</summary>
    public string? MessageId { get; init; }

    /// <summary>The only type of message that is taken here; null for any.</summary>
    public string? Listens { get; init; }

    /// <summary>What is kept free to undo what followed, micro-tokens.</summary>
    public long UndoMicro { get; init; }

    /// <summary>Whether what followed stays when the task is cancelled.</summary>
    public bool StaysOnCancel { get; init; }

    /// <summary>When it was called off, because another branch won or failed; null when it was not.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool Canceled => CanceledAt is not null;

    /// <summary>Whether it was over before it was called off: what a run saw then, a later one sees again.</summary>
    public bool WasOver => CanceledAt is null || Kind switch
    {
        HistoryKind.Timer => Until <= CanceledAt,
        HistoryKind.Question or HistoryKind.Message => AnsweredAt is not null,
        _ => true,
    };

    /// <summary>Whether it was taken over from an earlier task.</summary>
    public bool Reused { get; init; }

    /// <summary>Whether it waits for somebody: the owner or another step.</summary>
    public bool Open => Kind is HistoryKind.Question or HistoryKind.Message && AnsweredAt is null && !Canceled;

    /// <summary>Whether it waits for the owner.</summary>
    public bool Asks => Kind == HistoryKind.Question && AnsweredAt is null && !Canceled;
}
