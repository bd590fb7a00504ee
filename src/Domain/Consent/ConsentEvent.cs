using System.Text.Json.Serialization;

namespace Orkestron.Domain.Consent;

/// <summary>A fact about consent. The discriminators stand in the log for ever: add, never rename or reuse.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PolicyAccepted), PolicyAccepted.Name)]
[JsonDerivedType(typeof(ConsentGiven), ConsentGiven.Name)]
[JsonDerivedType(typeof(ConsentWithdrawn), ConsentWithdrawn.Name)]
internal abstract record ConsentEvent(string Method)
{
    public static string NameOf(ConsentEvent fact) => fact switch
    {
        PolicyAccepted => PolicyAccepted.Name,
        ConsentGiven => ConsentGiven.Name,
        ConsentWithdrawn => ConsentWithdrawn.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "An event without a name."),
    };
}

/// <summary>The policy of a version, with a text of that hash, was shown and accepted.</summary>
internal sealed record PolicyAccepted(int Version, string Sha256, bool Over18, string Method) : ConsentEvent(Method)
{
    public const string Name = "policy.accepted";
}

/// <summary>Consent to a purpose was given.</summary>
internal sealed record ConsentGiven(string Purpose, int PolicyVersion, string Method) : ConsentEvent(Method)
{
    public const string Name = "consent.given";
}

/// <summary>Consent to a purpose was withdrawn.</summary>
internal sealed record ConsentWithdrawn(string Purpose, int PolicyVersion, string Method) : ConsentEvent(Method)
{
    public const string Name = "consent.withdrawn";
}

/// <summary>How events of consent records are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ConsentEvent))]
internal sealed partial class ConsentJson : JsonSerializerContext;
