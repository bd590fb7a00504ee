using Orkestron.Agents.Common;

namespace Orkestron.Agents.Csv;

/// <summary>The names of columns.</summary>
internal static class CsvNames
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 1_000;

    private const int MaxNotes = 10;

    /// <summary>
    /// Names each column after its header, else by its place. A name that is there already, in whatever case, gets a
    /// number; a note is given for every name that differs from the header.
    /// </summary>
    public static IReadOnlyList<string> Of(string[] first, bool header, out IReadOnlyList<string> notes)
    {
        var names = new List<string>(first.Length);
        var changed = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < first.Length; i++)
        {
            var wanted = header ? first[i].Trim() : "";
            var name = wanted.Length == 0 ? $"column{i + 1}" : TextCut.Head(wanted, MaxLength);
            for (var (n, stem) = (2, name); !seen.Add(name); n++)
            {
                name = $"{stem}_{n}";
            }

            names.Add(name);
            if (header && name != wanted)
            {
                changed.Add(Note(i + 1, wanted, name));
            }
        }

        notes = changed.Count <= MaxNotes
            ? changed
            : [.. changed.Take(MaxNotes), $"{changed.Count - MaxNotes} more columns are not named as the header says."];
        return names;
    }

    private static string Note(int place, string wanted, string name) =>
        wanted.Length == 0 ? $"Column {place} has no name in the header and is called {name}."
        : wanted.Length > MaxLength ? $"The name of column {place} has {wanted.Length} characters and is cut to {MaxLength}."
        : $"Column {place} is called {name}: there is another {wanted}.";
}
