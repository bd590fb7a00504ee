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

    /// <summary>The control that says what to send for an empty field.</summary>
    public static string Blank(string path) => "z" + path;

    /// <summary>Posted with a field that is entered as JSON.</summary>
    public static string Json(string path) => "j" + path;

    /// <summary>The time zone of a date and time.</summary>
    public static string Zone(string path) => "o" + path;

    /// <summary>The name in a row of a map.</summary>
    public static string Key(string path) => "k" + path;

    /// <summary>The chosen alternative.</summary>
    public static string Variant(string path) => "v" + path;

    /// <summary>Posted with a field that a button has opened.</summary>
    public static string Open(string path) => "p" + path;

    /// <summary>Which conditions held when the form was rendered.</summary>
    public static string Conditions(string path) => "q" + path;

    /// <summary>The path of the rows of an object's further members.</summary>
    public static string Rows(string path) => path + "/~~";

    /// <summary>The path of an object's members without controls.</summary>
    public static string Rest(string path) => path + "/~~rest";

    public static string Count(string path) => "n" + path;

    /// <summary>Posted with each checkbox, because an unchecked one posts nothing.</summary>
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
