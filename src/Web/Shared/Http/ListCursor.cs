using System.Text.RegularExpressions;

namespace Orkestron.Web.Shared.Http;

/// <summary>
/// The cursors of one list. They are opaque to clients and have a prefix that names the list, so that a cursor of another list is
/// refused. Cursors without a prefix, as earlier releases made them, are accepted by their format.
/// </summary>
internal sealed partial class ListCursor(string prefix, Regex format)
{
    /// <summary>The error for a cursor that is not of this list.</summary>
    public const string InvalidMessage = "This is not a cursor of this list. Send the 'next' of the previous page, or omit it for the first page.";

    private readonly string _prefix = prefix + ".";

    public static ListCursor Tasks { get; } = new("t", Instant());

    public static ListCursor Entries { get; } = new("w", Instant());

    public static ListCursor TaskEntries { get; } = new("l", Instant());

    public static ListCursor Disclosures { get; } = new("d", Offset());

    public static ListCursor Files { get; } = new("f", File());

    public static ListCursor Agents { get; } = new("a", Offset());

    public static ListCursor Runs { get; } = new("r", Number());

    public static ListCursor Messages { get; } = new("m", Message());

    /// <summary>Encodes the cursor of a grain for clients; null at the end of the list.</summary>
    public string? Encode(string? cursor) => cursor is null ? null : _prefix + cursor;

    /// <summary>Decodes a cursor for the grain; null for the first page. False when it is not a cursor of this list.</summary>
    public bool TryDecode(string? text, out string? cursor)
    {
        cursor = string.IsNullOrEmpty(text) ? null
            : text.StartsWith(_prefix, StringComparison.Ordinal) ? text[_prefix.Length..]
            : text;
        return cursor is null || format.IsMatch(cursor);
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
