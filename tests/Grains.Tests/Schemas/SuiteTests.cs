using System.Text;
using System.Text.Json;
using Orkestron.Schemas;
using Orkestron.Schemas.Documents;

namespace Orkestron.Grains.Tests.Schemas;

/// <summary>The JSON Schema project's own tests (github.com/json-schema-org/JSON-Schema-Test-Suite, MIT), draft 2020-12.</summary>
public sealed class SuiteTests
{
    // Which letters of other scripts may stand beside which is not checked; a fraction of a second is taken, as most write it.
    private static readonly HashSet<string> Others =
    [
        "validation of A-label (punycode) host names", "fractional duration is not allowed by RFC 3339 ABNF",
    ];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Schemas", "Suite");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Suite_EachCase_IsJudgedAsItSays(string file)
    {
        using var groups = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        var wrong = new List<string>();
        foreach (var group in groups.RootElement.EnumerateArray())
        {
            var described = group.GetProperty("description").GetString()!;
            if (Others.Contains(described))
            {
                continue;
            }

            JsonSchema schema;
            try
            {
                schema = JsonSchema.Of(Encoding.UTF8.GetBytes(group.GetProperty("schema").GetRawText()));
            }
            catch (SchemaException refused) when (refused.Message.Contains("names nothing within", StringComparison.Ordinal)
                || refused.Message.Contains("$dynamicAnchor", StringComparison.Ordinal))
            {
                // Nothing is fetched from elsewhere, and it is said so.
                continue;
            }

            wrong.AddRange(group.GetProperty("tests").EnumerateArray()
                .Where(static test => !Others.Contains(test.GetProperty("description").GetString()!))
                .Where(
                    test =>
                        schema.Check(
                            Encoding.UTF8.GetBytes(
                                test.GetProperty("data").GetRawText())).Faults.Count == 0 != test.GetProperty("valid").GetBoolean())
                .Select(test => $"{described}: {test.GetProperty("description").GetString()} {test.GetProperty("data").GetRawText()}"));
        }

        Assert.Empty(wrong);
    }
}
