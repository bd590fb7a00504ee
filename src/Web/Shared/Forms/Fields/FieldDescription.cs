namespace Orkestron.Web.Shared.Forms.Fields;

/// <summary>How a field's control refers to its help text and its errors.</summary>
public sealed class FieldDescription
{
    public FieldDescription(FormField field, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(errors);
        Messages = [.. errors.At(field.Pointer)];
        HelpId = field.Help is null ? null : field.Id + "-help";
        ErrorId = Messages.Count == 0 ? null : field.Id + "-error";
        var ids = string.Join(' ', new[] { ErrorId, HelpId }.Where(static id => id is not null));
        DescribedBy = ids.Length == 0 ? null : ids;
    }

    public IReadOnlyList<string> Messages { get; }

    /// <summary>The id of the help text; null when there is none.</summary>
    public string? HelpId { get; }

    /// <summary>The id of the errors; null when there are none.</summary>
    public string? ErrorId { get; }

    /// <summary>The attribute <c>aria-describedby</c>; null for none.</summary>
    public string? DescribedBy { get; }

    /// <summary>The attribute <c>aria-invalid</c>; null for none.</summary>
    public string? Invalid => ErrorId is null ? null : "true";
}
