using Orkestron.Domain;

namespace Orkestron.Web.Shared.Forms;

/// <summary>
/// Assigns errors to the fields of a form. The error of a field that the form does not show goes, with its name, to the nearest
/// field above it.
/// </summary>
public sealed class FieldErrors
{
    private readonly ILookup<string, string> _byPath;
    private readonly Dictionary<string, string> _ids;

    public FieldErrors(IEnumerable<FieldError> errors, FormField? form)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal) { "" };
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        if (form is not null)
        {
            Collect(form, paths, labels, ids);
        }

        _ids = ids;
        var placed = errors.Where(static error => error.Message.Length > 0)
            .Select(error => Place(error, Nearest(error.Path, paths))).Distinct().ToList();
        _byPath = placed.ToLookup(static error => error.Path, static error => error.Message, StringComparer.Ordinal);
        All = [.. placed.Select(error => (error.Path, labels.GetValueOrDefault(error.Path, ""), error.Message))];
    }

    /// <summary>The id of the field that has an error.</summary>
    public string IdOf(string path) => _ids.GetValueOrDefault(path) ?? FieldNames.Id(path);

    /// <summary>No errors.</summary>
    public static FieldErrors None { get; } = new([], null);

    /// <summary>All errors with the labels of their fields.</summary>
    public IReadOnlyList<(string Path, string Label, string Message)> All { get; }

    public IEnumerable<string> At(string path) => _byPath[path];

    private static (string Path, string Message) Place(FieldError error, string path) => path == error.Path
        ? (path, error.Message)
        : (path, $"{error.Path[path.Length..].TrimStart('/')}: {error.Message}");

    private static string Nearest(string path, HashSet<string> paths)
    {
        while (!paths.Contains(path) && path.LastIndexOf('/') is >= 0 and var end)
        {
            path = path[..end];
        }

        return paths.Contains(path) ? path : "";
    }

    private static void Collect(FormField field, HashSet<string> paths, Dictionary<string, string> labels, Dictionary<string, string> ids)
    {
        paths.Add(field.Pointer);
        labels[field.Pointer] = field.Label;
        ids[field.Pointer] = field.Id;
        foreach (var child in field.Children)
        {
            Collect(child, paths, labels, ids);
        }
    }
}
