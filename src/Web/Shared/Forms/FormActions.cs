using System.Globalization;
using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>The buttons within a form, which change the form without submitting it.</summary>
internal static class FormActions
{
    /// <summary>Whether the pressed button only changes the form.</summary>
    public static bool Changes(string action) => action.Split(':', 2)[0] is "add" or "remove" or "drop" or "open" or "choose";

    /// <summary>Applies a pressed button to the content of the form.</summary>
    /// <param name="schema">The form's schema.</param>
    /// <param name="action">The verb and the field's path: <c>add:/list</c>.</param>
    /// <param name="state">What was posted.</param>
    public static void Press(JsonElement schema, string action, FormState state)
    {
        var (verb, path) = action.Split(':', 2) is [var left, var right] ? (left, right) : (action, "");
        switch (verb)
        {
            case "drop":
                state.Set(path, "");
                break;
            case "open":
                state.Open(path);
                break;
            case "add" when List(FormBuilder.Build(schema, state), path) is { } list:
                state.Add(path, list.Children.Length);
                break;
            case "remove" when path.LastIndexOf('/') is > 0 and var end
                && List(FormBuilder.Build(schema, state), path[..end]) is { } owner
                && int.TryParse(path.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < owner.Children.Length:
                state.Remove(path[..end], index, owner.Children.Length);
                break;
            default:
                break;
        }
    }

    private static FormField? List(FormField field, string path) =>
        field.Path == path && field.Kind is FieldKind.List or FieldKind.Map && field.Path == path
        ? field
        : field.Children.Select(child => List(child, path)).FirstOrDefault(static found => found is not null);
}
