using System.Text.RegularExpressions;

namespace Orkestron.Web.Shared.Http;

/// <summary>
/// The cursors of one list: opaque to clients, and marked by the list, so that one of another list is refused instead of
/// taken for the beginning. Cursors without a mark, as they were given before, are taken by their form.
/// </summary>
internal sealed partial class ListCursor(string mark, Regex form)
{
    /// <summary>What is wrong with a cursor that is none of the list's.</summary>
    public const string InvalidMessage = "This is no cursor of this list. Send the 'next' of the page before, or leave it out for the first page.";

    private readonly string _mark = mark + ".";

    public static ListCursor Tasks { get; } = new("t", Instant());

    public static ListCursor Entries { get; } = new("w", Instant());

    public static ListCursor TaskEntries { get; } = new("l", Instant());

    public static ListCursor Disclosures { get; } = new("d", Offset());

    public static ListCursor Files { get; } = new("f", File());

    public static ListCursor Agents { get; } = new("a", Offset());

    public static ListCursor Runs { get; } = new("r", Number());

    public static ListCursor Messages { get; } = new("m", Message());

    /// <summary>A grain's cursor as clients see it; null at the end.</summary>
    public string? Encode(string? cursor) => cursor is null ? null : _mark + cursor;

    /// <summary>The cursor as the grain knows it; null for none. False for what is none of this list.</summary>
    public bool TryDecode(string? text, out string? cursor)
    {
        cursor = string.IsNullOrEmpty(text) ? null
            : text.StartsWith(_mark, StringComparison.Ordinal) ? text[_mark.Length..]
            : text;
        return cursor is null || form.IsMatch(cursor);
    }

    [GeneratedRegex(@"^[0-9]{1,18}_[0-9a-f]{32}\z")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^([0-9]{1,18}_)?[0-9a-f]{32}\z")]
    private static partial Regex File();

    [GeneratedRegex(@"^[0-9]{1,9}\z")]
    private static partial Regex Offset();

    [GeneratedRegex(@"^[0-9]{1,18}\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[1-9][0-9]{0,8}:[^\p{C}]{1,240}\z")]
    private static partial Regex Message();
}
