using System.Globalization;
using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>The content of a form: what was posted, exactly as entered, or an input to fill it with.</summary>
internal sealed class FormState
{
    /// <summary>The most items of a list with controls of their own; a longer list is entered as JSON.</summary>
    public const int MaxItems = 40;

    private readonly Dictionary<string, string> _text = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prefixers = new(StringComparer.Ordinal);

    // Auxiliary controls, by their full names.
    private readonly Dictionary<string, string> _other = new(StringComparer.Ordinal);

    /// <summary>The input to fill the form with; null when it was posted or is new.</summary>
    public JsonElement? Given { get; private init; }

    /// <summary>Whether it was posted.</summary>
    public bool IsPosted { get; private init; }

    /// <summary>The text of a control, or null when it was not posted.</summary>
    public string? Text(string path) => _text.GetValueOrDefault(path);

    /// <summary>The value of an auxiliary control, by its full name.</summary>
    public string? Other(string name) => _other.GetValueOrDefault(name);

    public int? Count(string path) => _counts.TryGetValue(path, out var count) ? count : null;

    /// <summary>Whether a checkbox was posted, checked or not.</summary>
    public bool Posted(string path) => _prefixers.Contains(path);

    /// <summary>The content that a browser posted.</summary>
    public static FormState Of(IFormCollection form)
    {
        var state = new FormState { IsPosted = true };
        foreach (var (name, values) in form)
        {
            var path = name.Length == 0 ? "" : name[1..];
            if (path.Length > 0 && path[0] != '/')
            {
                continue;
            }

            // Browsers normalise line ends to CRLF; all other characters belong to the text.
            var value = values.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
            switch (name.Length == 0 ? ' ' : name[0])
            {
                case 'f':
                    state._text[path] = value;
                    break;
                case 'n' when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                    state._counts[path] = Math.Clamp(count, 0, MaxItems);
                    break;
                case 'b':
                    state._prefixers.Add(path);
                    break;
                case 'z' or 'o' or 'k' or 'v' or 'p' or 'j' or 'q':
                    state._other[name] = value;
                    break;
                default:
                    break;
            }
        }

        return state;
    }

    /// <summary>The content of an example or of an earlier task.</summary>
    public static FormState Of(JsonElement input) => new() { Given = input };

    /// <summary>Replaces the text of a field.</summary>
    public void Set(string path, string text) => _text[path] = text;

    /// <summary>Opens a closed field.</summary>
    public void Open(string path) => _other[FieldNames.Open(path)] = "1";

    /// <summary>Adds an item to the end of a list.</summary>
    public void Add(string path, int shown) => _counts[path] = Math.Min(shown + 1, MaxItems);

    /// <summary>Removes an item from a list; the following items move up.</summary>
    public void Remove(string path, int index, int shown)
    {
        foreach (var (texts, lead) in new[] { (_text, 0), (_other, 1) })
        {
            var moved = texts.Where(pair => IndexUnder(path, pair.Key[lead..]) >= index).ToList();
            foreach (var (key, _) in moved)
            {
                texts.Remove(key);
            }

            foreach (var (key, value) in moved.Where(pair => IndexUnder(path, pair.Key[lead..]) > index))
            {
                texts[key[..lead] + Moved(path, key[lead..])] = value;
            }
        }

        var marked = _prefixers.Where(key => IndexUnder(path, key) >= index).ToList();
        marked.ForEach(key => _prefixers.Remove(key));
        marked.Where(key => IndexUnder(path, key) > index).ToList().ForEach(key => _prefixers.Add(Moved(path, key)));
        var counts = _counts.Where(pair => IndexUnder(path, pair.Key) >= index).ToList();
        counts.ForEach(pair => _counts.Remove(pair.Key));
        counts.Where(pair => IndexUnder(path, pair.Key) > index).ToList()
            .ForEach(pair => _counts[Moved(path, pair.Key)] = pair.Value);
        _counts[path] = Math.Max(0, shown - 1);
    }

    private static int IndexUnder(string path, string key)
    {
        if (!key.StartsWith(path + "/", StringComparison.Ordinal))
        {
            return -1;
        }

        var rest = key.AsSpan(path.Length + 1);
        var end = rest.IndexOf('/');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : -1;
    }

    private static string Moved(string path, string key)
    {
        var index = IndexUnder(path, key);
        var digits = index.ToString(CultureInfo.InvariantCulture).Length;
        return $"{path}/{index - 1}{key[(path.Length + 1 + digits)..]}";
    }
}
