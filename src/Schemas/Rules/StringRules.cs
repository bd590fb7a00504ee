using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Formats;
using Orkestron.Schemas.Patterns;

namespace Orkestron.Schemas.Rules;

/// <summary><c>minLength</c> and <c>maxLength</c>, in code points.</summary>
internal sealed class LengthRule(long least, long most) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        var length = Length(value.GetString()!);
        return (length >= least || context.Report("minLength", $"Write at least {Wording.Count(least, "character")}; there {Are(length)}."))
            & (length <= most || context.Report("maxLength", $"Write at most {Wording.Count(most, "character")}; there {Are(length)}."));
    }

    private static long Length(string text)
    {
        var length = text.Length;
        foreach (var sign in text)
        {
            length -= char.IsLowSurrogate(sign) ? 1 : 0;
        }

        return length;
    }

    private static string Are(long count) =>
        count == 1 ? "is 1" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"are {count}");
}

internal sealed class PatternRule(EcmaPattern pattern) : Rule
{
    private const int MaxLength = 120;

    public override bool Check(JsonElement value, in RuleContext context) => value.ValueKind != JsonValueKind.String
        || context.Run.IsMatch(pattern, value.GetString()!)
        || context.Report("pattern", $"Write it as this pattern wants it: {(pattern.Source.Length <= MaxLength ? pattern.Source : pattern.Source[..MaxLength] + "…")}");
}

internal sealed class FormatRule(string format) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context) => value.ValueKind != JsonValueKind.String
        || FormatRules.Fault(format, value.GetString()!) is not { } advice || context.Report("format", advice);
}
