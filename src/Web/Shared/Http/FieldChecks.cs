using Orkestron.Domain;

namespace Orkestron.Web.Shared.Http;

/// <summary>Collects the errors in a request's fields, so that all are reported at once.</summary>
internal sealed class FieldChecks
{
    private const int MaxReported = 20;
    private readonly List<ProblemField> _errors = [];

    private string Detail => string.Join(" ", _errors.Select(static error => $"{error.Pointer}: {error.Detail}"));

    /// <summary>Requires a text with a length in a range.</summary>
    public FieldChecks Text(string pointer, string? value, int most, int least = 1)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            _errors.Add(new ProblemField(pointer, "This is required."));
        }
        else if (value.Length > most || value.Length < least)
        {
            _errors.Add(new ProblemField(pointer, $"This takes {least} to {most} characters; {value.Length} were sent."));
        }

        return this;
    }

    /// <summary>Requires a condition; otherwise adds an error.</summary>
    public FieldChecks That(string pointer, bool holds, string otherwise)
    {
        if (!holds)
        {
            _errors.Add(new ProblemField(pointer, otherwise));
        }

        return this;
    }

    /// <summary>Checks the size of a page.</summary>
    public FieldChecks Limit(int? limit, int most) =>
        That("limit", limit is null or >= 1 && (limit ?? 1) <= most, $"A page has 1 to {most} items.");

    /// <summary>Checks the paging of a task's steps.</summary>
    public FieldChecks Steps(int? after, int? limit, int most) =>
        That("stepsAfter", after is null or >= 0, "Send the 'stepsNext' of the previous page: a step number of 0 or more.")
            .That("stepsLimit", limit is null or >= 1 && (limit ?? 1) <= most, $"A page has 1 to {most} steps.");

    /// <summary>Decodes the cursor of a list.</summary>
    public FieldChecks After(ListCursor list, string? after, out string? cursor) =>
        That("after", list.TryDecode(after, out cursor), ListCursor.InvalidMessage);

    /// <summary>All errors as a refusal; null when there are none.</summary>
    public Refusal? Refusal() => _errors.Count == 0 ? null : Refuse.With(RefusalCode.Invalid, Detail) with
    {
        Errors = [.. _errors.Take(MaxReported).Select(static error => new FieldError(error.Pointer.TrimStart('#'), error.Detail))],
    };

    /// <summary>All errors as a problem; null when there are none.</summary>
    public IResult? Problem()
    {
        if (_errors.Count == 0)
        {
            return null;
        }

        return new ProblemResult(context =>
            Problems.Of(context, ProblemKind.Of(RefusalCode.Invalid), Detail, [.. _errors.Take(MaxReported)]));
    }
}
