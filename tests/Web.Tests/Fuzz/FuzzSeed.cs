using System.Globalization;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>
/// Where the generated cases of a run come from. Each case depends on the seed and its number alone, so that one that failed
/// can be sent again: set both variables of the line that the failure prints.
/// </summary>
internal sealed record FuzzSeed(int Seed, int? Only)
{
    public const string SeedVariable = "ORKESTRON_FUZZ_SEED";
    public const string CaseVariable = "ORKESTRON_FUZZ_CASE";

    /// <summary>The seed that the environment names, or a random one.</summary>
    public static FuzzSeed Get() => new(
        Read(SeedVariable) ?? System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue), Read(CaseVariable));

    /// <summary>The numbers of the cases to send.</summary>
    public IEnumerable<int> Cases(int count) => Only is { } only ? [only] : Enumerable.Range(0, count);

    /// <summary>The randomness of one case.</summary>
    public Random For(string kind, int number)
    {
        // FNV-1a: the same on every machine, which HashCode is not.
        var hash = 2166136261u;
        foreach (var each in $"{Seed}/{kind}/{number}")
        {
            hash = (hash ^ each) * 16777619u;
        }

        return new Random((int)(hash & int.MaxValue));
    }

    /// <summary>How to send a case again.</summary>
    public string Again(int number, string test) => string.Create(
        CultureInfo.InvariantCulture,
        $"{SeedVariable}={Seed} {CaseVariable}={number} dotnet test tests/Web.Tests --filter FullyQualifiedName~FuzzTests.{test}");

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : null;
}
