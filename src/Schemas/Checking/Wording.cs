using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orkestron.Schemas.Checking;

/// <summary>The wording of faults for people. Pure.</summary>
public static class Wording
{
    private const int MaxChoices = 12;
    private const int MaxLength = 60;

    /// <summary><c>maxKeyphrases</c>, <c>max_keyphrases</c> and <c>max-keyphrases</c> as <c>Max keyphrases</c>.</summary>
    public static string Label(string name)
    {
        // A name with white space is a label already.
        if (name.Any(char.IsWhiteSpace))
        {
            return name;
        }

        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (c is '_' or '-')
            {
                words.Append(words.Length == 0 ? "" : " ");
            }
            else if (char.IsAsciiLetterUpper(c) && words.Length > 0 && char.IsAsciiLetterLower(words[^1]))
            {
                words.Append(' ').Append(char.ToLowerInvariant(c));
            }
            else
            {
                words.Append(words.Length == 0 ? char.ToUpper(c, CultureInfo.InvariantCulture) : c);
            }
        }

        return words.Length == 0 ? name : words.ToString();
    }

    /// <summary>A value as it is shown within a sentence.</summary>
    public static string Short(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length == 0 ? "\"\"" : text.Length <= MaxLength ? text : text[..MaxLength] + "…";
    }

    public static string Choices(IReadOnlyCollection<JsonElement> choices) => choices.Count == 1
        ? $"This must be {Short(choices.First())}."
        : $"Choose one of: {string.Join(", ", choices.Take(MaxChoices).Select(Short))}{(choices.Count > MaxChoices ? $" and {choices.Count - MaxChoices} more" : "")}.";

    /// <summary><c>1 item</c>, <c>2 items</c>.</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}",
    };
}
