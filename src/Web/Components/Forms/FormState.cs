using System.Globalization;
using System.Text.Json;

namespace Orkestron.Web.Components.Forms;

/// <summary>What stands in a run form: text by JSON Pointer, exactly as typed, so that nothing typed is lost.</summary>
internal sealed class FormState
{
    /// <summary>At most this many items of one list have controls of their own; a longer list is typed as JSON.</summary>
    public const int MaxItems = 40;

    private const int MaxDepth = 12;

    private readonly Dictionary<string, string> _text = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _json = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);

    /// <summary>The text of a scalar, or null when nothing is known of it.</summary>
    public string? Text(string path) => _text.GetValueOrDefault(path);

    /// <summary>The value as JSON text, or null.</summary>
    public string? Json(string path) => _json.GetValueOrDefault(path);

    public int? Count(string path) => _counts.TryGetValue(path, out var count) ? count : null;

    /// <summary>Whether a checkbox was posted, checked or not.</summary>
    public bool Posted(string path) => _markers.Contains(path);

    /// <summary>What a browser posted.</summary>
    public static FormState Of(IFormCollection form)
    {
        var state = new FormState();
        foreach (var (name, values) in form)
        {
            var path = name.Length == 0 ? "" : name[1..];
            if (path.Length > 0 && path[0] != '/')
            {
                continue;
            }

            var value = values.ToString().ReplaceLineEndings("\n");
            switch (name.Length == 0 ? ' ' : name[0])
            {
                case 'f':
                    state._text[path] = value;
                    state._json[path] = value;
                    break;
                case 'n' when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                    state._counts[path] = Math.Clamp(count, 0, MaxItems);
                    break;
                case 'b':
                    state._markers.Add(path);
                    break;
                default:
                    break;
            }
        }

        return state;
    }

    /// <summary>An example, or an earlier task's input.</summary>
    public static FormState Of(JsonElement input)
    {
        var state = new FormState();
        state.Take("", input, 0);
        return state;
    }

    /// <summary>Puts a text in place of what stands there.</summary>
    public void Set(string path, string text) => (_text[path], _json[path]) = (text, text);

    /// <summary>One more item at the end of a list.</summary>
    public void Add(string path, int shown) => _counts[path] = Math.Min(shown + 1, MaxItems);

    /// <summary>Takes an item out of a list; those behind it move up.</summary>
    public void Remove(string path, int index, int shown)
    {
        foreach (var texts in new[] { _text, _json })
        {
            var moved = texts.Where(pair => IndexUnder(path, pair.Key) >= index).ToList();
            foreach (var (key, _) in moved)
            {
                texts.Remove(key);
            }

            foreach (var (key, value) in moved.Where(pair => IndexUnder(path, pair.Key) > index))
            {
                texts[Moved(path, key)] = value;
            }
        }

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

    private void Take(string path, JsonElement value, int depth)
    {
        _json[path] = FormJson.Indented(value);
        if (depth > MaxDepth)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Take(FieldNames.Child(path, member.Name), member.Value, depth + 1);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() <= MaxItems:
                _counts[path] = value.GetArrayLength();
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Take($"{path}/{index++}", item, depth + 1);
                }

                break;
            case JsonValueKind.Array:
                _text[path] = _json[path];
                break;
            case JsonValueKind.String:
                _text[path] = value.GetString()!;
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                _text[path] = value.GetRawText();
                break;
        }
    }
}
