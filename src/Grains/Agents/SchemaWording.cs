using System.Text.RegularExpressions;

namespace Orkestron.Grains.Agents;

/// <summary>The validator's sentences, where they are not ones for people. Pure.</summary>
internal static partial class SchemaWording
{
    /// <param name="keyword">The word of the schema that was broken; empty where the schema allows nothing.</param>
    /// <param name="schemaPath">Where in the schema, as a JSON Pointer.</param>
    /// <param name="message">The validator's own sentence.</param>
    public static string Of(string keyword, string schemaPath, string message) => keyword.Length == 0
        ? schemaPath.EndsWith("items", StringComparison.OrdinalIgnoreCase) ? "The list takes no more items." : "There is no such field."
        : OneOfMany().Replace(message, static one => $"1 {one.Groups["matching"].Value}{Singular(one.Groups["noun"].Value)}");

    private static string Singular(string noun) => noun switch
    {
        "characters" => "character",
        "properties" => "field",
        _ => "item",
    };

    [GeneratedRegex(@"(?<=at (?:least|most) )1 (?<matching>matching )?(?<noun>characters|properties|items)$")]
    private static partial Regex OneOfMany();
}
