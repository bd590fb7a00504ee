namespace Orkestron.Domain.Endpoints;

/// <summary>What is known of an endpoint, and how that ages. Pure.</summary>
internal static class EndpointStates
{
    /// <summary>Whether an endpoint answers, in the words of the wire, and when that was known last.</summary>
    /// <param name="known">What is stored of it; null for nothing.</param>
    /// <param name="probing">Whether a step tries whether it is back.</param>
    /// <param name="stopped">Whether calls of it are stopped.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">For how long what is known counts.</param>
    public static (string State, DateTimeOffset? At) Of(
        EndpointHealthRecord? known, bool probing, bool stopped, DateTimeOffset now, EndpointOptions options)
    {
        var good = Later(known?.LastSuccessAt, known is { Answered: true } ? known.CheckedAt : null);
        var silent = known is { Answered: false } ? known.CheckedAt : null;
        var at = Later(good, Later(silent, known?.LastFailureAt));
        var state = probing ? "probing"
            : stopped ? "down"
            : at is null || now - at > options.HealthAge ? "unknown"
            : silent is not null && !(good > silent) ? "down"
            : now - good <= options.HealthAge ? "up"
            : "unknown";
        return (state, at);
    }

    /// <summary>Whether nothing was heard of it for so long that its origin is asked.</summary>
    public static bool IsDue(EndpointHealthRecord? known, DateTimeOffset now, EndpointOptions options) =>
        !(now - Later(known?.LastSuccessAt, known?.CheckedAt) < options.HealthPeriod / 2);

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
}
