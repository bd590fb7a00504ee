
namespace Orkestron.Domain.Endpoints;

/// <summary>What is stored of how an agent's endpoint does.</summary>
[GenerateSerializer, Alias("orkestron.endpoint-health-record")]
internal sealed class EndpointHealthRecord
{
    [Id(0)]
    public DateTimeOffset? LastSuccessAt { get; set; }

    [Id(1)]
    public DateTimeOffset? LastFailureAt { get; set; }

    [Id(2)]
    public string? LastErrorKind { get; set; }

    /// <summary>Whether recent runs failed, oldest first.</summary>
    [Id(3)]
    public List<bool> Failed { get; set; } = [];

    /// <summary>When its origin was asked last; null for never.</summary>
    [Id(60)]
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Whether it answered then.</summary>
    [Id(61)]
    public bool Answered { get; set; }

    public double? FailureRate => Failed.Count == 0 ? null : Failed.Count(static each => each) / (double)Failed.Count;

    /// <summary>Counts a run. A refused input is the endpoint's good right.</summary>
    public void Count(StepFailure? failure, DateTimeOffset now, int most)
    {
        var failed = failure is { Refused: false };
        if (failed)
        {
            (LastFailureAt, LastErrorKind) = (now, EndpointFaults.Kind(failure!));
        }
        else
        {
            LastSuccessAt = now;
        }

        Failed.Add(failed);
        Failed.RemoveRange(0, Math.Max(0, Failed.Count - most));
    }
}
