using System.Text.RegularExpressions;

namespace Orkestron.Agents.Keywords;

/// <summary>Finds entities by their form. Every pattern runs in linear time: the text may be hostile.</summary>
internal static class Entities
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const string Months =
        "(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|M\u00E4rz|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?"
        + "|Sept?(?:ember)?|Oct(?:ober)?|Okt(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Dez(?:ember)?)";

    private static readonly (EntityKind Kind, Regex Pattern)[] Patterns =
    [
        (EntityKind.Url, new Regex("https?://[^\\s<>\"'()\\[\\]{}]+", Linear | RegexOptions.IgnoreCase)),
        (EntityKind.Email, new Regex("[A-Za-z0-9][A-Za-z0-9._%+\\-]*@[A-Za-z0-9][A-Za-z0-9.\\-]*\\.[A-Za-z]{2,24}\\b", Linear)),
        (EntityKind.Date, new Regex(
            "\\b(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}\\.\\d{1,2}\\.\\d{4}|\\d{1,2}/\\d{1,2}/\\d{2,4}"
            + $"|\\d{{1,2}}\\.? {Months}(?: \\d{{4}})?|{Months} \\d{{1,2}}(?:st|nd|rd|th)?,? \\d{{4}}|{Months} \\d{{1,4}})\\b",
            Linear)),
        (EntityKind.Name, new Regex(
            "\\b\\p{Lu}\\p{M}*[\\p{L}\\p{M}\u00AD\u2019\\-]+(?:(?: (?:of|de|van|von|der|den|di|da|la))? \\p{Lu}[\\p{L}\\p{M}\u00AD\u2019\\-]*)*", Linear)),
    ];

    public static List<Entity> Find(string text, int limit, CancellationToken cancellationToken)
    {
        var taken = new SortedList<int, Entity>();
        foreach (var (kind, pattern) in Patterns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Amounts before names: "EUR 5" is no name.
            if (kind == EntityKind.Name)
            {
                AddAmounts(text, limit, taken);
            }

            foreach (var match in pattern.EnumerateMatches(text))
            {
                if (Trim(kind, text, match.Index, match.Length) is { } entity && IsFree(taken, entity))
                {
                    taken.Add(entity.Offset, entity);
                }

                if (taken.Count > limit)
                {
                    break;
                }
            }
        }

        return [.. taken.Values];
    }

    private static void AddAmounts(string text, int limit, SortedList<int, Entity> taken)
    {
        foreach (var (offset, length) in Amounts.Find(text))
        {
            if (taken.Count > limit)
            {
                return;
            }

            if (Make(EntityKind.Amount, text, offset, length) is { } amount && IsFree(taken, amount))
            {
                taken.Add(amount.Offset, amount);
            }
        }
    }

    private static Entity? Trim(EntityKind kind, string text, int offset, int length)
    {
        while (length > 0 && text[offset + length - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '-' or '\u2019')
        {
            length--;
        }

        return kind == EntityKind.Name ? Name(text, offset, length) : Make(kind, text, offset, length);
    }

    // "The Council" is about Council; one capitalised word that begins a sentence may be any word.
    private static Entity? Name(string text, int offset, int length)
    {
        var end = offset + length;
        while (offset < end)
        {
            var space = text.IndexOf(' ', offset, end - offset);
            var wordEnd = space < 0 ? end : space;
            if (!StopWords.Contains(text[offset..wordEnd]))
            {
                break;
            }

            offset = Math.Min(end, wordEnd + 1);
        }

        var single = end > offset && text.IndexOf(' ', offset, end - offset) < 0;
        return end - offset < 2 || (single && BeginsSentence(text, offset))
            ? null
            : Make(EntityKind.Name, text, offset, end - offset);
    }

    private static bool BeginsSentence(string text, int offset)
    {
        var i = offset - 1;
        while (i >= 0 && (char.IsWhiteSpace(text[i]) || text[i] is '"' or '\u201C' or '(' or '*' or '-' or '#'))
        {
            i--;
        }

        return i < 0 || text[i] is '.' or '!' or '?' or ':';
    }

    private static Entity? Make(EntityKind kind, string text, int offset, int length) =>
        length is < 1 or > 500 ? null : new Entity(kind, text.Substring(offset, length), offset, length);

    private static bool IsFree(SortedList<int, Entity> taken, Entity entity)
    {
        var keys = taken.Keys;
        int low = 0, high = keys.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (keys[middle] < entity.Offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var after = low == keys.Count || keys[low] >= entity.Offset + entity.Length;
        var before = low == 0 || taken.Values[low - 1].Offset + taken.Values[low - 1].Length <= entity.Offset;
        return after && before;
    }
}
