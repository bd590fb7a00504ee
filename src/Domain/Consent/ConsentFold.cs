using System.Collections.Immutable;
using System.Globalization;

namespace Orkestron.Domain.Consent;

/// <summary>Folds events into a consent record. Pure.</summary>
internal static class ConsentFold
{
    public const int MaxHistory = 100;

    public static EventKind<ConsentView, ConsentEvent> Kind { get; } = new()
    {
        Prefix = "consent/",
        EventJson = ConsentJson.Default.ConsentEvent,
        TypeOf = ConsentEvent.NameOf,
        Initial = new ConsentView(0, null, [], []),
        Apply = Apply,
    };

    public static ConsentView Apply(ConsentView record, Recorded<ConsentEvent> recorded)
    {
        var changed = recorded.Event switch
        {
            PolicyAccepted fact => record with { PolicyVersion = fact.Version, PolicySha256 = fact.Sha256 },
            ConsentGiven fact => record with { Given = record.Given.Add(fact.Purpose) },
            ConsentWithdrawn fact => record with { Given = record.Given.Remove(fact.Purpose) },
            _ => record,
        };
        return changed with { History = Remember(record.History, recorded) };
    }

    private static ImmutableArray<ConsentFact> Remember(ImmutableArray<ConsentFact> history, Recorded<ConsentEvent> recorded)
    {
        var (subject, version) = recorded.Event switch
        {
            PolicyAccepted fact => (fact.Version.ToString(CultureInfo.InvariantCulture), fact.Version),
            ConsentGiven fact => (fact.Purpose, fact.PolicyVersion),
            ConsentWithdrawn fact => (fact.Purpose, fact.PolicyVersion),
            _ => ("", 0),
        };
        var entry = new ConsentFact(
            recorded.At, ConsentEvent.NameOf(recorded.Event), subject, version, recorded.Event.Method);
        return [entry, .. history.Take(MaxHistory - 1)];
    }
}
