namespace Orkestron.Domain.Users;

/// <summary>A user's sessions as stored. Nothing in it tells who the user is or where from a session is used.</summary>
[GenerateSerializer, Alias("orkestron.sessions-record")]
internal sealed class SessionsRecord
{
    [Id(0)]
    public List<SessionRecord> Sessions { get; set; } = [];

    /// <summary>Whether one was ended by its user: from then on cookies that name no session open nothing.</summary>
    [Id(1)]
    public bool AnyEnded { get; set; }
}

/// <summary>A session.</summary>
[GenerateSerializer, Alias("orkestron.session-record")]
internal sealed class SessionRecord
{
    /// <summary>Its id: 32 hexadecimal digits.</summary>
    [Id(0)]
    public string Session { get; set; } = "";

    [Id(1)]
    public DateTimeOffset BegunAt { get; set; }

    /// <summary>Used last, to a fourteenth of <see cref="Idle"/>.</summary>
    [Id(2)]
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>How long it lives without use.</summary>
    [Id(3)]
    public TimeSpan Idle { get; set; }

    /// <summary>When it ends however much it is used.</summary>
    [Id(4)]
    public DateTimeOffset EndsAt { get; set; }
}
