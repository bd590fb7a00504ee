using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Domain.Privacy;

/// <summary>A version of the privacy policy. Versions are never changed or removed.</summary>
/// <param name="Version">1, 2, …</param>
/// <param name="RevisedAt">The date it was published.</param>
/// <param name="Text">The text, as shown.</param>
public sealed record PrivacyPolicy(int Version, DateOnly RevisedAt, string Text)
{
    /// <summary>SHA-256 of the text as UTF-8, in hexadecimal.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>All versions, oldest first.</summary>
    public static ImmutableArray<PrivacyPolicy> Versions { get; } = [new(1, new DateOnly(2026, 11, 25), Read(1))];

    /// <summary>The version in force.</summary>
    public static PrivacyPolicy Current => Versions[^1];

    private static string Read(int version)
    {
        var name = $"Orkestron.Domain.Privacy.privacy-policy-v{version}.txt";
        using var stream = typeof(PrivacyPolicy).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The policy text {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
