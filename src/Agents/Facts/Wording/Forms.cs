using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestron.Agents.Facts.Wording;

/// <summary>Brings numbers, dates, currencies and units to one form. Pure.</summary>
internal static partial class Forms
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];

    private static readonly string[] Tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, decimal> Scales = new(StringComparer.Ordinal)
    {
        ["hundred"] = 100,
        ["thousand"] = 1_000,
        ["million"] = 1_000_000,
        ["billion"] = 1_000_000_000,
        ["trillion"] = 1_000_000_000_000,
    };

    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["euro"] = "euro",
        ["euros"] = "euro",
        ["eur"] = "euro",
        ["dollar"] = "dollar",
        ["dollars"] = "dollar",
        ["metre"] = "metre",
        ["metres"] = "metre",
        ["meter"] = "metre",
        ["meters"] = "metre",
        ["kilometre"] = "km",
        ["kilometres"] = "km",
        ["kilometer"] = "km",
        ["kilometers"] = "km",
        ["centimetre"] = "cm",
        ["centimetres"] = "cm",
        ["centimeter"] = "cm",
        ["centimeters"] = "cm",
        ["millimetre"] = "mm",
        ["millimetres"] = "mm",
        ["millimeter"] = "mm",
        ["millimeters"] = "mm",
        ["kilogram"] = "kg",
        ["kilograms"] = "kg",
        ["kilogramme"] = "kg",
        ["kilogrammes"] = "kg",
        ["litre"] = "litre",
        ["litres"] = "litre",
        ["liter"] = "litre",
        ["liters"] = "litre",
    };

    public static IReadOnlyList<Word> Settle(List<Word> words)
    {
        var numbered = Numbers(words);
        var dated = Dates(numbered);
        return Marks(dated);
    }

    // "one" stays a word: "no one" is not "no. 1".
    private static List<Word> Numbers(List<Word> words)
    {
        var made = new List<Word>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = Spoken(words[i]);
            if (made.Count > 0 && made[^1] is { Number: { } before } number && Scales.TryGetValue(word.Key, out var scale)
                && before < 1_000_000)
            {
                var value = before * scale;
                made[^1] = new Word(Text(value), $"{number.Raw} {word.Raw}", value);
            }
            else if (word.Number is { } value && made.Count > 0 && made[^1].Key == "-" && Opens(words, i))
            {
                made[^1] = new Word($"-{word.Key}", $"-{word.Raw}", -value);
            }
            else
            {
                made.Add(word);
            }
        }

        return made;
    }

    // A minus, when what stands before it is no number: "5-10" is a range.
    private static bool Opens(List<Word> words, int i) => i < 2 || words[i - 2].Number is null;

    private static Word Spoken(Word word)
    {
        var small = Array.IndexOf(Small, word.Key);
        if (small >= 2)
        {
            return new Word(Text(small), word.Raw, small);
        }

        var parts = word.Key.Split('-');
        var tens = Array.IndexOf(Tens, parts[0]) is >= 0 and var at ? (at + 3) * 10 : parts[0] == "twenty" ? 20 : -1;
        var ones = parts.Length == 2 ? Array.IndexOf(Small, parts[1]) : 0;
        return tens > 0 && parts.Length <= 2 && (parts.Length == 1 || ones is >= 1 and <= 9)
            ? new Word(Text(tens + ones), word.Raw, tens + ones)
            : word;
    }

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static List<Word> Dates(List<Word> words)
    {
        var made = new List<Word>();
        for (var i = 0; i < words.Count; i++)
        {
            if (DateAt(words, i) is var (date, length))
            {
                made.Add(new Word(date, WordReader.Line(words.Skip(i).Take(length)), null));
                i += length - 1;
                // "On May 3, 1931, the bridge opened"
                i += i + 1 < words.Count && words[i + 1].Key == "," && i - length + 1 <= 1 ? 1 : 0;
            }
            else if (words[i].Key == "," && made.Count == 2 && made[0].Key == "in" && Year(made[1]) is not null)
            {
                continue;
            }
            else
            {
                made.Add(words[i]);
            }
        }

        return made;
    }

    private static (string Date, int Length)? DateAt(List<Word> words, int i)
    {
        Word? At(int k) => i + k < words.Count ? words[i + k] : null;
        if (Day(At(0)) is { } day && Month(At(1)) is { } month)
        {
            return Year(At(2)) is { } year ? ($"@{year}-{month:00}-{day:00}", 3) : Capital(At(1)!) ? ($"@{month:00}-{day:00}", 2) : null;
        }

        if (Month(At(0)) is { } first && Day(At(1)) is { } second)
        {
            var comma = At(2)?.Key == "," ? 1 : 0;
            return Year(At(2 + comma)) is { } year ? ($"@{year}-{first:00}-{second:00}", 3 + comma)
                : Capital(At(0)!) ? ($"@{first:00}-{second:00}", 2) : null;
        }

        return Year(At(0)) is { } of && At(1)?.Key == "-" && Two(At(2)) is { } m && m is >= 1 and <= 12 && At(3)?.Key == "-"
            && Two(At(4)) is { } d
            ? ($"@{of}-{m:00}-{d:00}", 5)
            : null;
    }

    private static bool Capital(Word month) => char.IsUpper(month.Raw[0]);

    private static int? Two(Word? word) =>
        word is { Raw.Length: 2 } && int.TryParse(word.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? Month(Word? word) => word is null || Array.IndexOf(Months, word.Key) is var at && at < 0 ? null : at + 1;

    private static int? Day(Word? word)
    {
        var text = word?.Raw ?? "";
        text = text.Length > 2 && text[^2..] is "st" or "nd" or "rd" or "th" ? text[..^2] : text;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    private static int? Year(Word? word) =>
        word is { Raw.Length: 4 } && int.TryParse(word.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1_000
            ? year
            : null;

    private static List<Word> Marks(List<Word> words)
    {
        var made = new List<Word>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var next = i + 1 < words.Count ? words[i + 1] : null;
            if (word.Key is "\u20AC" or "$" && next?.Number is not null)
            {
                made.Add(next);
                made.Add(Sign(word));
                i++;
            }
            else if (word.Key is "\u20AC" or "$" or "%" && made.Count > 0 && made[^1].Number is not null)
            {
                made.Add(Sign(word));
            }
            else if (word.Key == "per" && next?.Key == "cent")
            {
                made.Add(new Word("percent", "per cent"));
                i++;
            }
            else if (word.Key != "," || next?.Key is not ("and" or "or"))
            {
                made.Add(word.Number is null && Units.TryGetValue(word.Key, out var unit) ? word with { Key = unit } : word);
            }
        }

        return made;
    }

    private static Word Sign(Word word) => new(word.Key switch { "%" => "percent", "$" => "dollar", _ => "euro" }, word.Raw);

    /// <summary>Thousands set apart by commas.</summary>
    [GeneratedRegex(@"^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    public static partial Regex Grouped();

    /// <summary>A number that means one thing only: no zeros in front, not three decimals that might be thousands.</summary>
    [GeneratedRegex(@"^(0|[1-9][0-9]{0,17})(\.([0-9]{1,2}|[0-9]{4,8}))?$", RegexOptions.CultureInvariant)]
    public static partial Regex Plain();
}
