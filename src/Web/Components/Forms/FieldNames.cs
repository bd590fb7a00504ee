using System.Text;

namespace Orkestron.Web.Components.Forms;

/// <summary>The names and ids of a run form's controls, made from JSON Pointers.</summary>
internal static class FieldNames
{
    public const string Action = "op";
    public const string Raw = "raw";
    public const string Mode = "mode";

    public static string Value(string path) => "f" + path;

    /// <summary>The control that takes a file; its reference is posted under <see cref="Value"/>.</summary>
    public static string Upload(string path) => "u" + path;

    public static string Count(string path) => "n" + path;

    /// <summary>Posted beside each checkbox: an unchecked one posts nothing.</summary>
    public static string Marker(string path) => "b" + path;

    public static string Child(string path, string name) => $"{path}/{JsonPointer.Escape(name)}";

    public static string Id(string path)
    {
        var id = new StringBuilder("field");
        foreach (var c in path)
        {
            id.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        }

        return id.ToString();
    }
}
