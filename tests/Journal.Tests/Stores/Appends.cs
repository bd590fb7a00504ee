using System.Text;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>Short ways to make appends.</summary>
internal static class Appends
{
    public static readonly DateTimeOffset At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMicroseconds(678_901);

    public static Append To(string stream, long expectedVersion, params string[] bodies) => new()
    {
        Stream = stream,
        ExpectedVersion = expectedVersion,
        AppendId = Guid.NewGuid(),
        Events = [.. bodies.Select(body => Event(body))],
    };

    public static NewEvent Event(string body) => new("noted", At, Encoding.UTF8.GetBytes(body), default);

    public static string Text(this StoredEvent stored) => Encoding.UTF8.GetString(stored.Body.Span);

    public static string[] Texts(this IEnumerable<StoredEvent> stored) => [.. stored.Select(each => each.Text())];
}
