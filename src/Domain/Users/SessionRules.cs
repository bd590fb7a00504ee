
namespace Orkestron.Domain.Users;

/// <summary>How long sessions live. Pure.</summary>
internal static class SessionRules
{
    private const int NotesPerIdle = 14;

    public static SessionRecord Open(OpenSession command, DateTimeOffset now) => new()
    {
        Session = command.Session,
        BegunAt = now,
        SeenAt = now,
        Idle = command.Idle,
        EndsAt = now + command.Longest,
    };

    /// <summary>Whether it was used lately and is not too old.</summary>
    public static bool Stands(SessionRecord session, DateTimeOffset now) =>
        now < session.EndsAt && now - session.SeenAt < session.Idle;

    /// <summary>Whether the last noted use is recent enough: a use is worth a write only now and then.</summary>
    public static bool IsNoted(SessionRecord session, DateTimeOffset now) => now - session.SeenAt < session.Idle / NotesPerIdle;

    /// <summary>Drops what has ended by itself, and then the longest unused ones, until there is room for one more.</summary>
    public static void MakeRoom(List<SessionRecord> sessions, DateTimeOffset now, int most)
    {
        sessions.RemoveAll(each => !Stands(each, now));
        while (sessions.Count >= most)
        {
            sessions.Remove(sessions.MinBy(static each => each.SeenAt)!);
        }
    }
}
