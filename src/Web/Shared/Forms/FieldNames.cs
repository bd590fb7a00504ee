using System.Text;

namespace Orkestron.Web.Shared.Forms;

/// <summary>The names and ids of a run form's controls, made from JSON Pointers.</summary>
internal static class FieldNames
{
    public const string Action = "op";
    public const string Raw = "raw";
    public const string Mode = "mode";

    public static string Value(string path) => "f" + path;

    /// <summary>The control that takes a file; its reference is posted under <see cref="Value"/>.</summary>
    public static string Upload(string path) => "u" + path;

    /// <summary>What an empty control stands for.</summary>
    public static string Blank(string path) => "z" + path;

    /// <summary>Posted beside what is typed as JSON, also where there is a control for most values.</summary>
    public static string Json(string path) => "j" + path;

    /// <summary>The zone of a moment.</summary>
    public static string Zone(string path) => "o" + path;

    /// <summary>The name of a map's row.</summary>
    public static string Key(string path) => "k" + path;

    /// <summary>Which of several forms.</summary>
    public static string Variant(string path) => "v" + path;

    /// <summary>Posted beside what was opened by a button.</summary>
    public static string Open(string path) => "p" + path;

    /// <summary>Which conditions held for what the form showed.</summary>
    public static string Conditions(string path) => "q" + path;

    /// <summary>Where the rows of an object's further members stand.</summary>
    public static string Rows(string path) => path + "/~~";

    /// <summary>Where an object's members without controls stand.</summary>
    public static string Rest(string path) => path + "/~~rest";

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
