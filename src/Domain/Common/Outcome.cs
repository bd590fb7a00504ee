using System.Diagnostics.CodeAnalysis;

namespace Orkestron.Domain;

/// <summary>What a command came to: its result, or a refusal.</summary>
/// <typeparam name="T">The result.</typeparam>
[GenerateSerializer, Immutable, Alias("orkestron.outcome`1")]
public readonly record struct Outcome<T>
    where T : class
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The result, when accepted.</summary>
    [Id(0)]
    public T? Value { get; init; }

    /// <summary>Why not, when refused.</summary>
    [Id(1)]
    public Refusal? Refusal { get; init; }

    /// <summary>Whether the command was carried out.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Accepted => Refusal is null;

    [SuppressMessage("Usage", "CA2225", Justification = "Outcome.Of is the named way.")]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    [SuppressMessage("Usage", "CA2225", Justification = "Outcome.Refuse is the named way.")]
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>Makes refusals.</summary>
public static class Refuse
{
    /// <summary>A refusal with a code and a sentence.</summary>
    public static Refusal With(RefusalCode code, string detail) => new(code, detail);
}
