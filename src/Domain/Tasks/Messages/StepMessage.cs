using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A message between steps: the fold of its events. Immutable.</summary>
internal sealed record StepMessage(StepSent Sent, DateTimeOffset SentAt)
{
    public int? TakenBy { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    public string Id => IdOf(Sent.StepId, Sent.Key);

    public Payload? Content => Sent.Content;

    public ImmutableArray<Guid> Artifacts => Sent.Artifacts.IsDefault ? [] : Sent.Artifacts;

    public static string IdOf(int stepId, string key) => $"{stepId}:{key}";

    public MessageView View(TaskRecord task) => new()
    {
        Id = Id,
        FromStep = Sent.StepId,
        FromRole = task.Step(Sent.StepId)!.Role,
        To = Sent.To,
        ToStep = Sent.ToStepId ?? TakenBy,
        Type = Sent.MessageType,
        Content = Content,
        SentAt = SentAt,
        TakenAt = TakenAt,
    };
}
