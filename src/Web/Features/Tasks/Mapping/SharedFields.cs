using System.Text.Json;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Finds fields of a task's input in the input of a step. Pure, bounded.</summary>
internal static class SharedFields
{
    // Shorter texts occur by chance.
    private const int MinText = 12;
    private const int MaxTexts = 200;
    private const long MaxCompared = 50_000_000;

    /// <summary>JSON Pointers to the fields of an input.</summary>
    public static IReadOnlyList<string> Of(JsonElement input) => input.ValueKind == JsonValueKind.Object
        ? [.. input.EnumerateObject().Select(static field => "/" + JsonPointer.Escape(field.Name))]
        : [""];

    /// <summary>The fields of the task's input that occur in the step's input; null when there is too much to compare.</summary>
    public static IReadOnlyList<string>? In(JsonElement task, JsonElement step)
    {
        if (task.ValueKind != JsonValueKind.Object)
        {
            return Compare(Texts(task), Texts(step), MaxCompared) is { } found ? (found.Found ? [""] : []) : null;
        }

        var texts = Texts(step);
        var left = MaxCompared;
        var fields = new List<string>();
        foreach (var field in task.EnumerateObject())
        {
            if (step.ValueKind == JsonValueKind.Object && step.TryGetProperty(field.Name, out var same)
                && JsonEquality.Instance.Equals(field.Value, same))
            {
                fields.Add("/" + JsonPointer.Escape(field.Name));
                continue;
            }

            if (Compare(Texts(field.Value), texts, left) is not { } compared)
            {
                return null;
            }

            left = compared.Left;
            if (compared.Found)
            {
                fields.Add("/" + JsonPointer.Escape(field.Name));
            }
        }

        return fields;
    }

    private static (bool Found, long Left)? Compare(List<string> ours, List<string> theirs, long left)
    {
        foreach (var our in ours)
        {
            foreach (var their in theirs)
            {
                var (part, whole) = our.Length < their.Length ? (our, their) : (their, our);
                left -= whole.Length;
                if (left < 0)
                {
                    return null;
                }

                if (whole.Contains(part, StringComparison.Ordinal))
                {
                    return (true, left);
                }
            }
        }

        return (false, left);
    }

    private static List<string> Texts(JsonElement value)
    {
        var texts = new List<string>();
        Collect(value, texts);
        return texts;
    }

    private static void Collect(JsonElement value, List<string> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when texts.Count < MaxTexts && value.GetString() is { } text && text.Trim().Length >= MinText:
                texts.Add(text.Trim());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Collect(item, texts);
                }

                break;
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                {
                    Collect(field.Value, texts);
                }

                break;
        }
    }
}
